// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <corefile/key.hpp>
#include <corefile/resolve.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "go/net.hpp"
#include "plugins/facts.hpp"

/// Where `forward`, `grpc` and `proxy` send queries. Nothing here allocates unless it says so.
namespace corefile {

/// The directives of a Config that are forwarders.
class Forwarders {
 public:
  class iterator {
   public:
    iterator(const Config* config, std::uint32_t index) : at_{config, index} { skip(); }
    Directive operator*() const noexcept { return at_; }
    iterator& operator++() {
      ++at_.index;
      skip();
      return *this;
    }
    bool operator==(const iterator& other) const noexcept { return at_.index == other.at_.index; }

   private:
    void skip() {
      while (at_.index < at_.config->directive_count() && !is_forwarder(at_.plugin())) ++at_.index;
    }
    Directive at_;
  };
  explicit Forwarders(const Config& config) : config_(&config) {}
  iterator begin() const { return {config_, 0}; }
  iterator end() const { return {config_, config_->directive_count()}; }

 private:
  const Config* config_;
};
inline Forwarders forwarders(const Config& config) { return Forwarders(config); }

/// A host name among the upstreams is looked up at the start, by `resolver` or whatever resolver the machine has.
inline bool asks_names(Release release) noexcept { return takes(Plugin::forward, "resolver", release); }

/// A TO, as plugin/pkg/parse/host.go, HostPortOrFile, reads it.
struct Upstream {
  enum class Kind : std::uint8_t {
    address,
    file,    ///< text with a `/`: a file like resolv.conf
    name,    ///< a host name, or a file beside CoreDNS
    unknown  ///< holds a variable of unknown value, or is none of these
  };
  Kind kind = Kind::unknown;
  Transport transport = Transport::dns;
  bool scheme_written = false;
  bool port_written = false;
  std::uint16_t port = 53;    ///< 0: no number
  go::Ip address{};           ///< without its zone; IPv4 in IPv6 as IPv4
  std::string_view host;      ///< without scheme, port and brackets
  std::string_view server{};  ///< the name behind `%` that TLS expects
  bool loopback = false;      ///< 127.0.0.0/8, ::1, or an unspecified address, which leads there too
};
Upstream read_upstream(const Word& word);
Upstream read_upstream(std::string_view text);

/// The upstreams of all forwarders of a Config, each read once; the Config must outlive it. O(upstreams) to make.
class Upstreams {
 public:
  explicit Upstreams(const Config& config);
  /// One of a forwarder's Directive::upstreams(). O(1).
  const Upstream& of(const Word& word) const noexcept { return upstreams_[at_[static_cast<std::size_t>(&word - first_)]]; }
  std::span<const Upstream> all() const noexcept { return upstreams_; }

 private:
  const Word* first_ = nullptr;
  std::vector<std::uint32_t> at_;  // by word, from the first upstream to the last
  std::vector<Upstream> upstreams_;
};

/// An address of RFC 1918, RFC 6598 or RFC 4193.
bool is_private(const Upstream& upstream) noexcept;

/// The FROM's word, if it is there.
const Word* from_word(Directive directive) noexcept;
/// The FROM is an address or a file, so that the FROM was left out and this is the first TO. A CIDR is a FROM.
bool from_is_upstream(const Word& from);
/// The FROM is a name that zones.hpp can compare: no variable, no template word, no reverse zone but the root.
bool comparable(const Word& zone);
/// The FROM as the plugin normalises it; empty if it is none. Allocates.
std::string from_zone(Directive directive, Release release);

/// A resolv.conf by its name: the last part of the path holds `resolv`.
bool names_resolv_conf(const Upstream& upstream) noexcept;

}  // namespace corefile
