@rem SPDX-License-Identifier: Apache-2.0
@rem coredns-validate [-conf FILE] ...: coredns's own flags, for what coredns itself has no flag for.
@"%~dp0corefile-lint.exe" coredns-validate %*
