// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <optional>
#include <set>

#include "../load/reading.hpp"
#include "base/short_text.hpp"
#include "lint/circles.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::forward_to_resolv_conf {
namespace {

constexpr std::string_view default_path = "/etc/resolv.conf";
// systemd-resolved writes the real resolvers to the first, its own stub to the second.
constexpr std::string_view real_path = "/run/systemd/resolve/resolv.conf";
constexpr std::string_view stub_path = "/run/systemd/resolve/stub-resolv.conf";
constexpr std::string_view stub_text = "nameserver 127.0.0.53";
constexpr Release refuses_empty{1, 8, 6};
constexpr Release refuses_each_empty{1, 14, 4};  // one among several, too
constexpr Release says_no_valid{1, 14, 7};

constexpr std::string_view remedies =
    "in this order: 1. point the kubelet's `resolvConf` at the file that names the real resolvers, "
    "`/run/systemd/resolve/resolv.conf` where systemd-resolved runs; 2. switch off the node's local cache and restore its "
    "`/etc/resolv.conf`; 3. as a quick way, `forward . 8.8.8.8` (or the site's resolver): it cures CoreDNS, but the kubelet goes on "
    "handing the bad resolv.conf to every pod with `dnsPolicy: Default`";
constexpr std::string_view remedies_standalone =
    "name the real resolvers: `/run/systemd/resolve/resolv.conf` where systemd-resolved runs, or their addresses";

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }
bool in_cluster(const Context& context) {
  return context.role == Role::cluster || context.role == Role::other_configmap || context.role == Role::custom_server;
}
std::string help(const Context& context) { return std::string(in_cluster(context) ? remedies : remedies_standalone); }

// `loip`: `unknown-directive` says so, `server-block-key-is-plugin` of one that stands outside of its block, `plugin-in-plugin-block` of
// one that stands in another plugin's.
bool has_misplaced_loop(const Config& config, ServerBlock block) {
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::loop) && !is_stock_plugin(directive.plugin()) && nearly(directive.name(), "loop")) return true;
    if (directive.has_block() && directive.properties().has("loop")) return true;
  }
  for (std::uint32_t i = block.index + 1; i < config.block_count(); ++i) {
    const ServerBlock other = config.block(i);
    const KeyMistake mistake = key_mistake_of(other);
    if (mistake != KeyMistake::stray_directive && mistake != KeyMistake::closing_brace) continue;
    if (other.has(Plugin::loop) || (!other.keys().empty() && other.keys().front().text == "loop")) return true;
  }
  return false;
}

// Files that a block with `loop` forwards to.
std::set<std::string_view> guarded_files(const Config& config) {
  std::set<std::string_view> out;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const auto forward = block.has(Plugin::loop) ? block.find(Plugin::forward) : std::nullopt;
    if (!forward) continue;
    for (const Word& word : forward->upstreams()) out.insert(word.text);
  }
  return out;
}

// What is known of the Corefile as a whole; made when it is first needed.
class Whole {
 public:
  Whole(const Config& config, Release release) : config_(config), release_(release) {}
  CircleSearch& search() {
    if (!search_) search_.emplace(config_, release_);
    return *search_;
  }
  bool guarded(std::uint32_t block, std::string_view path) {
    // Directives come block by block.
    if (block != block_) {
      block_ = block;
      loop_ = config_.block(block).has(Plugin::loop) || has_misplaced_loop(config_, config_.block(block));
    }
    if (loop_) return true;
    if (!files_) files_ = guarded_files(config_);
    return files_->contains(path);
  }

 private:
  const Config& config_;
  Release release_;
  std::uint32_t block_ = 0xFFFFFFFF;
  bool loop_ = false;
  std::optional<CircleSearch> search_;
  std::optional<std::set<std::string_view>> files_;
};

// One file a directive forwards to.
struct Target {
  Directive directive;
  const Word& word;
  const Context& context;
  std::string_view path;
  Whole& whole;
};

struct Nameserver {
  std::string_view address, line;
  std::size_t number;
};

// miekg/dns, ClientConfigFromReader: the second field of each line whose first is `nameserver`.
std::vector<Nameserver> nameservers(std::string_view text) {
  std::vector<Nameserver> out;
  constexpr std::string_view blank = " \t\r";
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t begin = std::min(line.find_first_not_of(blank), line.size());
    std::string_view rest = line.substr(begin);
    if (rest.substr(0, rest.find_first_of(blank)) != "nameserver") continue;
    rest.remove_prefix(std::string_view("nameserver").size());
    rest.remove_prefix(std::min(rest.find_first_not_of(blank), rest.size()));
    const std::string_view address = rest.substr(0, rest.find_first_of(blank));
    if (!address.empty()) out.push_back({address, line.substr(begin, line.find_last_not_of(blank) + 1 - begin), number});
  }
  return out;
}

void without_nameserver(const Target& target, std::string_view name, Report& report) {
  const Release release = target.context.release;
  const bool each = release >= refuses_each_empty && release < says_no_valid && target.directive.is(Plugin::forward);
  if (target.directive.upstreams().size() > 1 && !each) return;
  Diagnostic& found = report.at(target.word, quoted(name) + " names no `nameserver`");
  if (target.context.release >= refuses_empty && target.directive.is(Plugin::forward)) {
    found.severity = Severity::error;
    found.notes.push_back("CoreDNS " + to_string(target.context.release) + " refuses the file: plugin/forward: " +
                          (target.context.release >= says_no_valid ? "no valid upstream addresses found" : "no nameservers found"));
  } else {
    found.notes.push_back("nobody is asked, so every query for " + quoted(from_word(target.directive)->text) + " fails");
  }
  found.help = "write the resolvers into the file, or name them here";
}

// The file names the cluster's own DNS Service, as installers write it for the nodes themselves.
void own_service(const Target& target, std::string_view name, const std::vector<Nameserver>& servers, Report& report) {
  if (target.context.role != Role::cluster) return;
  const std::span<const std::string> own = target.context.service_addresses;
  const auto back = std::find_if(servers.begin(), servers.end(),
                                 [&](const Nameserver& one) { return std::find(own.begin(), own.end(), one.address) != own.end(); });
  if (back == servers.end()) return;
  Diagnostic& found = report.at(target.word, quoted(name) + " names " + quoted(back->address) + ", the Service of this CoreDNS itself");
  found.label = "its queries come back";
  found.notes.push_back(std::string(name) + ", line " + std::to_string(back->number) + ": " + quoted(back->line));
  found.notes.push_back(
      "a query that is sent there comes back by the Service and goes round, until `loop` ends the process or another of the servers is "
      "asked");
  found.help =
      "name the resolvers themselves behind `forward .`, or point the kubelet's `resolvConf` at a file that names no address of the "
      "cluster";
}

// The file's text is known.
void read_file(const Target& target, std::string_view name, std::string_view text, Report& report) {
  const std::vector<Nameserver> servers = nameservers(text);
  if (servers.empty()) return without_nameserver(target, name, report);
  std::optional<Circle> circle;
  std::vector<const Nameserver*> back;
  for (const Nameserver& server : servers) {
    const Upstream upstream = read_upstream(server.address);
    if (upstream.kind != Upstream::Kind::address) continue;
    std::optional<Circle> found = target.whole.search().find(target.directive, target.word, upstream);
    if (!found) continue;
    back.push_back(&server);
    if (!circle) circle = std::move(found);
  }
  if (back.empty()) return own_service(target, name, servers, report);
  Diagnostic& found = report.at(target.word, quoted(name) + " names " + quoted(back.front()->address) + ", which is this server itself");
  found.label = "its queries come back";
  circle->certain = circle->certain && back.size() == servers.size();
  found.severity = circle->certain ? Severity::error : Severity::warning;
  label_circle(*circle, found);
  for (const Nameserver* server : back) {
    found.notes.push_back(std::string(name) + ", line " + std::to_string(server->number) + ": " + quoted(server->line));
  }
  if (in_cluster(target.context)) {
    found.notes.push_back("in a pod that address is the pod itself, not the node's local cache");
  }
  found.notes.push_back(circle_note(*circle));
  found.help = help(target.context);
}

void unknown_text(const Target& target, Report& report) {
  // With `loop` a circle is told in the log, and the process ends.
  if (target.whole.guarded(target.directive.block(), target.path)) return;
  if (target.context.role == Role::custom_server) return;  // the cluster's own blocks are not in sight
  // The file's resolvers are asked on port 53, and any address of this machine may be among them.
  if (!target.whole.search().find(target.directive, target.word, read_upstream("127.0.0.1"))) return;

  const Config& config = *target.directive.config;
  Diagnostic& found = report.at(target.word, "no `loop` guards against " + quoted(target.path) + " naming this server itself");
  found.severity = !in_cluster(target.context) || has_unresolved_import(config) ? Severity::info : Severity::warning;
  if (in_cluster(target.context)) {
    found.notes.push_back(
        "a node's resolv.conf often names a local stub, as systemd-resolved's 127.0.0.53; in a pod that address is CoreDNS itself");
  } else {
    found.notes.push_back("a resolv.conf that names 127.0.0.1 or systemd-resolved's 127.0.0.53 leads every query back here");
  }
  found.notes.push_back("without `loop` one such query goes round until memory or open files run out; with it, the log names the reason");
  if (auto edit = Fixer(config).add_before(target.directive, "loop"))
    found.fixes.push_back({"insert `loop`", Safety::unsafe, {std::move(*edit)}});
  found.notes.push_back("`--resolv-conf FILE` reads the node's own file and says for certain");
  found.help = help(target.context);
}

void speaks_no_grpc(const Target& target, Report& report) {
  Diagnostic& found = report.at(target.word, "the resolvers in " + quoted(target.path) + " are asked over gRPC");
  found.label = "these speak plain DNS";
  found.notes.push_back("`grpc` takes their addresses and port 53 from the file, where no gRPC server answers");
  found.help = "use `forward` for the resolvers of a resolv.conf";
}

// A key of the ConfigMap, or a file beside the Corefile.
std::optional<std::string> text_beside(const Target& target) {
  constexpr std::array<std::string_view, 3> of_the_machine{default_path, real_path, stub_path};
  const Files* files = target.context.files;
  if (files == nullptr || std::find(of_the_machine.begin(), of_the_machine.end(), target.path) != of_the_machine.end()) return {};
  const std::string name(target.path);
  const std::string folder = resolve_detail::folder_of(target.directive.config->document(0).source().name());
  Files::Content content = files->read(name.starts_with('/') ? name : resolve_detail::join(folder, name));
  if (content.status != Files::Status::ok) return {};
  return std::move(content.text);
}

void check_directive(Directive directive, const Context& context, Whole& whole, Report& report) {
  // As most files have it: nothing is known of the node's file, and `loop` guards against it.
  const bool guarded =
      context.resolv_conf == nullptr && directive.is(Plugin::forward) && directive.config->block(directive.block()).has(Plugin::loop);
  for (const Word& word : directive.upstreams()) {
    if (guarded && short_text::same(word.text, default_path)) continue;
    const std::size_t slash = word.text.rfind('/');
    if (slash == std::string_view::npos || word.unknown != 0 || context.problems->on(directive.config->place(word)) != nullptr ||
        word.text.find("resolv", slash) == std::string_view::npos)
      continue;
    const Target target{directive, word, context, word.text, whole};
    if (!names_resolv_conf(context.upstreams->of(word)) || (directive.config->block(directive.block())).fragment()) continue;
    if (directive.is(Plugin::grpc)) {
      speaks_no_grpc(target, report);
    } else if (context.resolv_conf != nullptr && (target.path == default_path || target.path == context.resolv_conf_name)) {
      read_file(target, context.resolv_conf_name.empty() ? target.path : context.resolv_conf_name, *context.resolv_conf, report);
    } else if (target.path == stub_path) {
      read_file(target, target.path, stub_text, report);
    } else if (const std::optional<std::string> text = text_beside(target)) {
      read_file(target, target.path, *text, report);
    } else if (target.path != real_path) {
      unknown_text(target, report);
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  Whole whole(config, context.release);
  for (const Directive directive : forwarders(config)) check_directive(directive, context, whole, report);
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::warning, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::forward_to_resolv_conf
