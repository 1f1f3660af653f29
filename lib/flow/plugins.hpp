// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "flow/walk.hpp"

/// The plugins: each is prepared from its directives, and its handlers answer as its ServeDNS does. One file a plugin in flow/plugins/.
namespace corefile::flow_detail {

using Handlers = std::vector<Handler>;

/// Words with blanks between them, as plugins join the rest of a line.
std::string joined(std::span<const Word> words);
bool contains(const std::vector<std::string>& all, std::string_view one) noexcept;

Handlers passes(const Setup& setup);
/// Of a `tls` with ACME: it answers the challenges of certificate authorities alone.
Handler challenge_handler();
Handlers unknown(const Setup& setup, std::string_view what);

Handlers acl(const Setup& setup);
Handlers any(const Setup& setup);
Handlers autopath(const Setup& setup);
/// Of a plugin whose data is not known here.
Handlers backend(const Setup& setup);
Handlers cache(const Setup& setup);
Handlers chaos(const Setup& setup);
Handlers dns64(const Setup& setup);
Handlers dnssec(const Setup& setup);
Handlers erratic(const Setup& setup);
Handlers forward(const Setup& setup);
Handlers grpc(const Setup& setup);
Handlers header(const Setup& setup);
Handlers file(const Setup& setup);
Handlers auto_(const Setup& setup);
/// `file` has a zone of this name, for `transfer`; `fails`: there is nothing in it.
bool transfers_zone(Turn& turn, std::string_view name, bool& fails);
Handlers hosts(const Setup& setup);
Handlers k8s_external(const Setup& setup);
Handlers kubernetes(const Setup& setup);
Handlers loadbalance(const Setup& setup);
Handlers local(const Setup& setup);
Handlers minimal(const Setup& setup);
Handlers rewrite(const Setup& setup);
Handlers siit(const Setup& setup);
Handlers template_(const Setup& setup);
Handlers transfer(const Setup& setup);
Handlers tsig(const Setup& setup);
Handlers whoami(const Setup& setup);

}  // namespace corefile::flow_detail
