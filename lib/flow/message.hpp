// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Messages and names as plugins see them: github.com/miekg/dns, and plugin/pkg/dnsutil and plugin/pkg/response of CoreDNS.
namespace corefile::flow_detail {

/// A request on its way. Plugins change its question in place (`rewrite`), and who asked them sees that.
struct Request {
  std::string name, type, klass;
  std::string lower;  ///< the name in small letters: request.Request.Name
  std::string opcode = "QUERY";
  std::uint16_t edns_size = 0;
  bool dnssec = false;
  std::vector<std::string> options{};  ///< EDNS's, as `rewrite` sets them

  void set_name(std::string text);
  bool is(std::string_view wanted) const noexcept { return type == wanted; }
  bool is_transfer() const noexcept { return type == "AXFR" || type == "IXFR"; }
};

/// A reply with the question that it names.
struct Message {
  std::string name, type;
  Reply reply;
  bool null = false;  ///< none at all, written by mistake: who looks into it panics
};
Message reply_to(const Request& request, std::string_view rcode = "NOERROR", bool authoritative = false);

/// plugin.ClientWrite: who returns another one has written a reply, or wants none.
bool is_written(std::string_view rcode) noexcept;

/// plugin/pkg/response, Typify.
enum class Kind : std::uint8_t { no_error, name_error, server_error, no_data, delegation, meta, update, other_error };
Kind kind_of(const Message& message, const Request& request, Release release) noexcept;

/// What stands in a `null` one's place.
Message no_message();

// Names. Escapes are looked at where dots are counted.
/// Labels from the left; none of the root.
std::vector<std::string_view> labels_of(std::string_view name);
std::size_t count_labels(std::string_view name) noexcept;
/// `name` is `zone` or below it, in whatever case: dns.IsSubDomain.
bool below(std::string_view name, std::string_view zone) noexcept;
/// The longest of the zones that `name` lies in; empty if in none: plugin.Zones.Matches.
std::string_view match(const std::vector<std::string>& zones, std::string_view name) noexcept;
std::string fqdn(std::string_view name);
/// dnsutil.Join: the parts with dots between them and behind them.
std::string join(std::initializer_list<std::string_view> parts);
/// One label more.
std::string in_front(std::string_view label, std::string_view name);
inline constexpr std::string_view reverse_four = "in-addr.arpa.", reverse_six = "ip6.arpa.";
/// Of a whole address below a reverse zone.
std::string whole_address(std::string name);
/// dnsutil.TrimZone without the last dot; nothing where `name` is not below the zone.
std::optional<std::string_view> trim_zone(std::string_view name, std::string_view zone) noexcept;
/// dnsutil.ExtractAddressFromReverse: empty if it is not a whole address.
std::string address_of_reverse(std::string_view name);
/// dnsutil.IsReverse.
bool in_reverse_tree(std::string_view name) noexcept;
/// The same address in one spelling, as net.IP prints it; empty for other texts.
std::string plain_address(std::string_view text);
bool is_ipv4(std::string_view address) noexcept;

Record record(std::string name, std::uint32_t ttl, std::string_view type, std::string data);
/// The name in a record's data that `rewrite` changes (plugin/rewrite/reverter.go, getRecordValueForRewrite): its place in `data`.
std::optional<std::pair<std::size_t, std::size_t>> name_in_data(const Record& record) noexcept;

}  // namespace corefile::flow_detail
