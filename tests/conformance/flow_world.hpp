// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The world of the recorded ways: ../shared/conformance/README.md, "World".
namespace conformance {

using WorldFiles = std::map<std::string, std::string, std::less<>>;

/// flow-files.jsonl beside the recordings.
WorldFiles read_world_files(const std::string& path);
/// They lie in the working folder, over `imports`; /etc/hosts and /etc/resolv.conf are known as well. Both must outlive the result.
std::unique_ptr<corefile::Files> world_files(const WorldFiles& files, const corefile::Files& imports);
corefile::Cluster recorded_cluster();
std::vector<std::string> recorded_addresses();
corefile::Interfaces recorded_interfaces();
/// `NAME TYPE`, a listener, and words such as `src=ADDRESS`, `tcp=1`, `do=1`.
corefile::Query query_of(const std::string& words);
std::optional<corefile::Reply> recorded_upstream(const corefile::Asked& asked);

}  // namespace conformance
