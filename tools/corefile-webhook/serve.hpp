// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flags.hpp"
#include "identity.hpp"

namespace corefile::webhook {

IdentityFiles identity_files(const Arguments& arguments);

/// Until SIGTERM or SIGINT; SIGHUP reads the files again at once. Gives the exit code. Throws app::Trouble before it serves.
int serve(const Arguments& arguments, Settings settings);

}  // namespace corefile::webhook
