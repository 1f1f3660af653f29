// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace webhook_test {

/// A server in this process whose reviews fail in every way. Gives the number of failures.
int pool_faults();

}  // namespace webhook_test
