// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>
#include <corefile/recover.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app.hpp"
#include "disk.hpp"

namespace corefile::app {

struct Corefile {
  const Embedded* embedded = nullptr;  ///< null: the file is the Corefile
  Role role = Role::standalone;
  Readings readings;
};

/// A file and what of it is a Corefile.
struct Opened {
  Source file;
  std::unique_ptr<const DiskFiles> beside;  ///< none beside a manifest or standard input
  std::vector<Embedded> embedded;           ///< of a manifest
  std::vector<Corefile> corefiles;          ///< never empty
};

/// `path` may be `-`. Throws Trouble.
Opened open_corefiles(const Invocation& invocation, const std::string& path, const std::string& stdin_filename, InputKind kind,
                      const Environment& environment);

/// Where people find a place of a Config's: in the file, not in the Corefile it holds.
struct At {
  std::string path;
  Position position;
};
At at(const Opened& opened, const Corefile& corefile, const Config& config, const Place& place);

}  // namespace corefile::app
