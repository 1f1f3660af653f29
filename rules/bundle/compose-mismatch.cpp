// SPDX-License-Identifier: Apache-2.0

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "lint/composed.hpp"
#include "lint/upstream.hpp"
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::compose_mismatch {
namespace {

/// The image's working folder (coredns, Dockerfile): 1.11.0 to 1.11.3 have that of their base.
std::string_view working_folder(Release release) {
  return Release{1, 11, 0} <= release && release <= Release{1, 11, 3} ? "/home/nonroot" : "";
}

bool is_below(std::string_view folder, std::string_view path) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

bool has_volume_for(const ComposeService& service, std::string_view path) {
  return std::any_of(service.volumes.begin(), service.volumes.end(),
                     [path](const ComposeService::Volume& volume) { return is_below(volume.target, path); });
}

std::optional<Written> conf_of(const ComposeService& service) {
  Container container;
  container.arguments = service.arguments;
  return option_of(container, "conf");
}

class Checker {
 public:
  Checker(const Config& config, const Context& context, Report& report) : config_(config), context_(context), report_(report) {}

  void check(const Composed& one) {
    if (!check_path(one)) return;
    check_files(one);
    check_cluster(one);
    check_capabilities(one);
    if (one.service.host_network) return;
    check_loopback(one);
    check_resolvers(one);
    check_bind(one);
    check_ports(one);
    check_endpoints(one);
  }

 private:
  Diagnostic& at(const Composed& one, Span span, std::string message) {
    return report_.at(report_.beside(one.file, span, config_.block(0).keys().front()), std::move(message));
  }
  void label(Diagnostic& found, const Composed& one, Span span, std::string text) {
    if (context_.beside != nullptr)
      found.labels.push_back({report_.beside(one.file, span, config_.block(0).keys().front()), std::move(text)});
  }

  /// False: the container does not read this Corefile.
  bool check_path(const Composed& one) {
    if (const Written* argument = unsplit_option(one.service.arguments)) {
      explain_unsplit(*argument, at(one, argument->span, "an option and its value stand in one argument"));
      return false;
    }
    if (const std::string meant = tag_meant(one.service.image.text); !meant.empty())
      explain_tag(one.service.image.text, meant, at(one, one.service.image.span, "there is no image with this tag"));
    if (const auto conf = conf_of(one.service)) {
      if (conf->text.find('$') != std::string::npos || !conf->text.starts_with('/')) return true;
      if (conf->text == one.path) return true;
      const bool capitals = ascii::same_letters(conf->text, one.path);
      if (!capitals && has_volume_for(one.service, conf->text) && one.volume.target != one.path) return false;
      Diagnostic& found = at(one, conf->span, fmt::format("`-conf {}` is not where the Corefile is mounted", conf->text));
      label(found, one, one.volume.span, fmt::format("it is `{}`", one.path));
      found.notes.push_back(
          fmt::format("CoreDNS ends at once: loading Caddyfile via flag: open {}: no such file or directory", conf->text));
      found.help = fmt::format("write `-conf {}`", one.path);
      return false;
    }
    if (!one.service.arguments.empty() && std::any_of(one.service.arguments.begin(), one.service.arguments.end(),
                                                      [](const Written& word) { return word.text.find("conf") != std::string::npos; })) {
      return true;
    }
    const auto release = release_of_image(one.service.image.text);
    const std::string read = std::string(working_folder(release.value_or(context_.release))) + "/Corefile";
    if (one.path == read || (!release && one.path == "/home/nonroot/Corefile")) return true;
    Diagnostic& found = at(one, one.volume.span, fmt::format("no `-conf` tells CoreDNS of `{}`", one.path));
    found.notes.push_back(fmt::format(
        "without it CoreDNS reads `{}`, and where that is not there starts with `whoami`: every name is answered without data", read));
    found.help = fmt::format("write `command: -conf {}`", one.path);
    return false;
  }

  void check_files(const Composed& one) {
    for (const Directive directive : config_.directives()) {
      const bool first = facts_of(directive.plugin()).begins_with_file && !directive.arguments().empty();
      if (first) check_file(one, directive.arguments().front(), "CoreDNS warns that it cannot open it, and goes on without it");
      constexpr std::string_view ends = "CoreDNS does not start without it";
      if (directive.is(Plugin::tls)) {
        for (const Word& word : directive.arguments()) check_file(one, word, ends);
      }
      if (!directive.is(Plugin::kubernetes)) continue;
      for (const Property line : directive.properties()) {
        const bool names_files = line.name() == "kubeconfig" || line.name() == "tls";
        if (names_files && !line.arguments().empty()) check_file(one, line.arguments().front(), ends);
      }
    }
  }
  void check_file(const Composed& one, const Word& word, std::string_view then) {
    const bool given = word.text.starts_with("/etc/hosts") || word.text.starts_with("/etc/resolv.conf");
    if (word.unknown != 0 || !word.text.starts_with('/') || given || has_volume_for(one.service, word.text)) return;
    Diagnostic& found = report_.at(word, fmt::format("`{}` lies in no volume of the service `{}`", word.text, one.service.name));
    found.label = "not in the container";
    label(found, one, one.volume.span, "the Corefile's volume");
    found.notes.push_back(fmt::format("the image of CoreDNS has no such file; {}", then));
    found.help = "add a volume that brings it, or write the path that it has in the container";
  }

  void check_cluster(const Composed& one) {
    const auto kubernetes = kubernetes_as_account(config_);
    if (!kubernetes || has_volume_for(one.service, "/var/run/secrets/kubernetes.io/serviceaccount")) return;
    Diagnostic& found = report_.at(kubernetes->name_word(), "`kubernetes` without `endpoint` or `kubeconfig` works in a pod alone");
    found.notes.push_back(
        fmt::format("as the service `{}` CoreDNS ends: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and "
                    "KUBERNETES_SERVICE_PORT must be defined",
                    one.service.name));
    found.help = "remove it, or add a line `kubeconfig FILE` and a volume with that file";
  }

  void check_capabilities(const Composed& one) {
    constexpr Release in_file{1, 11, 0};  // Dockerfile: setcap cap_net_bind_service=+ep /coredns
    const auto names = [](const std::vector<Written>& all, std::string_view wanted) {
      return std::find_if(all.begin(), all.end(), [wanted](const Written& each) {
        std::string_view text = each.text;
        if (text.starts_with("CAP_")) text.remove_prefix(4);
        return ascii::same_letters(text, wanted);
      });
    };
    const auto& service = one.service;
    const auto dropped = names(service.dropped, "ALL");
    const bool added =
        names(service.added, "NET_BIND_SERVICE") != service.added.end() || names(service.added, "ALL") != service.added.end();
    if (dropped == service.dropped.end() || added || release_of_image(service.image.text).value_or(context_.release) < in_file) return;
    Diagnostic& found = at(one, dropped->span, "all capabilities are dropped, and CoreDNS's program needs `NET_BIND_SERVICE`");
    found.notes.push_back(
        "the image's program file has that capability; where it may not be had, the program cannot even be started: "
        "exec /coredns: operation not permitted");
    found.help = "write `cap_add: [NET_BIND_SERVICE]` beside it";
  }

  /// A resolver at the host's loopback address, where the container is by itself.
  void check_loopback(const Composed& one) {
    constexpr std::string_view docker = "127.0.0.11";
    if (one.service.joined) return;
    const std::vector<Listener> all = listeners();
    for (const Directive directive : config_.directives()) {
      for (const Word& word : directive.upstreams()) {
        const Upstream& upstream = context_.upstreams->of(word);
        const bool own =
            std::any_of(all.begin(), all.end(), [&](const Listener& listener) { return listener.port == std::to_string(upstream.port); });
        if (word.unknown != 0 || upstream.kind != Upstream::Kind::address || !upstream.loopback || upstream.host == docker || own) continue;
        Diagnostic& found = report_.at(word, fmt::format("`{}` is the container itself, where nothing else listens", upstream.host));
        found.label = "not the host, nor another container";
        label(found, one, one.service.image.span, "this container's");
        found.notes.push_back("connections are refused, and these queries end as SERVFAIL");
        found.help =
            "write the address that the resolver has on a network of this service, or `network_mode: host` where it runs on the host";
        return;
      }
    }
  }

  /// `dns:` of the container is what Docker's own resolver asks for it.
  void check_resolvers(const Composed& one) {
    constexpr std::string_view resolv_conf = "/etc/resolv.conf";
    const auto& addresses = one.service.addresses;
    const auto own = std::find_if(one.service.dns.begin(), one.service.dns.end(), [&](const Written& each) {
      return std::find(addresses.begin(), addresses.end(), each.text) != addresses.end();
    });
    if (own == one.service.dns.end() || has_volume_for(one.service, resolv_conf)) return;
    for (const Directive directive : config_.directives()) {
      for (const Word& word : directive.upstreams()) {
        if (word.text != resolv_conf) continue;
        Diagnostic& found = report_.at(word, fmt::format("by way of `{}` queries come back to this container", resolv_conf));
        found.label = "asks Docker's resolver";
        label(found, one, own->span, "which asks this address, the container's own");
        found.notes.push_back("a query goes round between the two, and nobody answers it");
        found.help = "write the address of a resolver outside into the Corefile, or another one behind `dns`";
        return;
      }
    }
  }

  void check_bind(const Composed& one) {
    if (one.service.own_address) return;
    for (const Directive directive : config_.directives()) {
      if (!directive.is(Plugin::bind)) continue;
      for (const Word& word : directive.arguments()) {
        const auto address = go::parse_ip(word.text);
        if (word.unknown != 0 || !address || word.text == "0.0.0.0" || word.text == "::") continue;
        const bool loopback = word.text.starts_with("127.") || word.text == "::1";
        Diagnostic& found = report_.at(word, loopback ? fmt::format("`{}` is the container's own, where nobody else asks", word.text)
                                                      : fmt::format("the container has no address `{}`", word.text));
        found.notes.push_back(loopback ? "what docker publishes comes to another address of the container"
                                       : fmt::format("CoreDNS ends: listen tcp {}:53: bind: cannot assign requested address", word.text));
        found.help = fmt::format("remove `bind`, and publish the port on the host's address: `{}:53:53/udp`; or write `network_mode: host`",
                                 word.text);
        return;
      }
    }
  }

  struct Listener {
    std::string port;
    bool tcp, udp;
  };
  std::vector<Listener> listeners() const {
    std::vector<Listener> out;
    for (std::uint32_t i = 0; i < config_.block_count(); ++i) {
      for (const Word& word : config_.block(i).keys()) {
        const Key key = read_key(word.text, context_.release);
        if (word.unknown != 0 || !key.error.empty()) return {};
        const bool udp = key.transport == Transport::dns || key.transport == Transport::quic || key.transport == Transport::https3;
        out.push_back({key.port, key.transport == Transport::dns || !udp, udp});
      }
    }
    return out;
  }

  void check_ports(const Composed& one) {
    const std::vector<Listener> all = listeners();
    const auto& ports = one.service.ports;
    const auto moved = [](const Written& word) { return word.text.find("dns.port") != std::string::npos; };
    if (all.empty() || ports.empty() || std::any_of(one.service.arguments.begin(), one.service.arguments.end(), moved)) return;
    for (const ComposeService::Published& port : ports) {
      if (!read_number(port.port) || (port.port != "53" && port.port != "853" && port.port != "443")) continue;
      const bool heard = std::any_of(all.begin(), all.end(), [&](const Listener& listener) { return listener.port == port.port; });
      if (!heard) return report_silent(one, port, all.front());
    }
    for (const Listener& listener : all) {
      const auto published = [&](std::string_view protocol) {
        return std::find_if(ports.begin(), ports.end(),
                            [&](const ComposeService::Published& port) { return port.port == listener.port && port.protocol == protocol; });
      };
      const auto tcp = published("tcp"), udp = published("udp");
      if (listener.udp && udp == ports.end() && tcp != ports.end()) return report_protocol(one, *tcp, "udp");
      if (listener.tcp && !listener.udp && tcp == ports.end() && udp != ports.end()) return report_protocol(one, *udp, "tcp");
    }
  }

  /// A port that is published for an endpoint which listens inside the container.
  void check_endpoints(const Composed& one) {
    for (const Directive directive : config_.directives()) {
      if (!directive.is(Plugin::prometheus) && !directive.is(Plugin::pprof)) continue;
      const auto arguments = directive.arguments();
      if (!arguments.empty() && arguments.front().unknown != 0) continue;
      const std::string_view usual = directive.is(Plugin::pprof) ? "localhost:6053" : "localhost:9153";
      const std::string_view address = arguments.empty() ? usual : arguments.front().text;
      if (!address.starts_with("localhost:") && !address.starts_with("127.") && !address.starts_with("[::1]:")) continue;
      const std::string_view port = address.substr(address.rfind(':') + 1);
      const auto published = std::find_if(one.service.ports.begin(), one.service.ports.end(),
                                          [port](const ComposeService::Published& each) { return each.port == port; });
      if (published == one.service.ports.end()) continue;
      Diagnostic& found = report_.at(directive.name_word(), fmt::format("`{}` listens inside the container only", directive.name()));
      label(found, one, published->span, "what is published comes to another address of the container");
      found.notes.push_back(
          fmt::format("{} is {}; a connection from outside is refused", arguments.empty() ? "without an address it" : "that", address));
      found.help = fmt::format("write `{} :{}`", directive.name(), port);
    }
  }

  void report_silent(const Composed& one, const ComposeService::Published& port, const Listener& listener) {
    Diagnostic& found = at(one, port.span, fmt::format("nothing listens on port {} of the container", port.port));
    found.notes.push_back(fmt::format(
        "the Corefile's first block listens on {}; a connection is refused, a query over UDP is never answered", listener.port));
    found.help = fmt::format("write `{}:{}`, or give the block the port {}", port.port, listener.port, port.port);
  }

  void report_protocol(const Composed& one, const ComposeService::Published& port, std::string_view wanted) {
    Diagnostic& found = at(one, port.span, fmt::format("port {} is published for {} alone", port.port, wanted == "udp" ? "TCP" : "UDP"));
    found.notes.push_back(wanted == "udp" ? "DNS asks over UDP first; compose publishes TCP where nothing else is written"
                                          : "DNS over TLS and over HTTPS come over TCP");
    found.help = fmt::format("add `{}:{}/{}`", port.port, port.port, wanted);
  }

  const Config& config_;
  const Context& context_;
  Report& report_;
};

void check(const Config& config, const Context& context, Report& report) {
  if (context.composed == nullptr || config.block_count() == 0 || !config.accepted() || config.block(0).keys().empty()) return;
  Checker(config, context, report).check(*context.composed);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::compose_mismatch
