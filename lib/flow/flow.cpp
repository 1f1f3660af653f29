// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "flow/model.hpp"
#include "flow/plugins.hpp"
#include "flow/walk.hpp"
#include "go/net.hpp"
#include "plugins/facts.hpp"
#include "plugins/listen.hpp"
#include "plugins/reader.hpp"

namespace corefile {

using plugins::BlockState;

namespace flow_detail {
namespace {

/// A plugin's words in a block, as its setup gets them.
std::vector<Word> joined(std::span<const Directive> directives) {
  std::vector<Word> words;
  for (const Directive& directive : directives) words.insert(words.end(), directive.words().begin(), directive.words().end());
  return words;
}

/// The directives that words among `joined` come from, asked for in order.
class Origins {
 public:
  explicit Origins(std::span<const Directive> directives) : directives_(directives) {}
  std::uint32_t of(std::size_t word) {
    while (at_ + 1 < directives_.size() && word >= passed_ + directives_[at_].words().size()) passed_ += directives_[at_++].words().size();
    return directives_[at_].index;
  }

 private:
  std::span<const Directive> directives_;
  std::size_t at_ = 0;
  std::size_t passed_ = 0;
};

/// The rounds that most setups make: `for c.Next() { c.RemainingArgs(); for c.NextBlock() { … } }`.
std::vector<Stanza> stanzas_of(std::span<const Directive> directives, const std::vector<Word>& words, const plugins::Schema& schema,
                               Release release, BlockState& state) {
  std::vector<Stanza> stanzas;
  std::vector<Problem> faults;
  Origins origins(directives);
  plugins::Reader reader(*directives.front().config, words, schema, release, state, faults);
  while (reader.next()) {
    Stanza& stanza = stanzas.emplace_back();
    stanza.plugin = directives.front().plugin();
    stanza.index = origins.of(static_cast<std::size_t>(&reader.word() - words.data()));
    const Word* const name = &reader.word();
    stanza.arguments = reader.remaining_args();
    stanza.place = directives.front().config->place({name, stanza.arguments.size() + 1});
    while (reader.next_block()) {
      const Word* const line = &reader.word();
      if (const plugins::Property* property = reader.property()) {
        reader.read_property(*property);
      } else {
        reader.remaining_args();
      }
      stanza.properties.push_back({{line, static_cast<std::size_t>(&reader.word() - line) + 1}});
    }
  }
  return stanzas;
}

std::vector<Directive> directives_of(ServerBlock block, Plugin plugin) {
  std::vector<Directive> found;
  if (!block.has(plugin)) return found;
  for (const Directive directive : block.directives()) {
    if (directive.is(plugin)) found.push_back(directive);
  }
  return found;
}

/// plugin/bind/setup.go, listIP.
std::vector<std::string> addresses_of(std::span<const Word> words, const Interfaces& interfaces) {
  std::vector<std::string> found;
  for (const Word& word : words) {
    if (go::parse_ip(word.text)) {
      found.emplace_back(word.text);
    } else if (const auto known = interfaces.find(word.text); known != interfaces.end()) {
      found.insert(found.end(), known->second.begin(), known->second.end());
    } else if (word.text == "lo") {
      found.insert(found.end(), {"127.0.0.1", "::1"});
    }
  }
  return found;
}

/// What `root` and `bind` tell the block.
void read_surroundings(const Config& config, Release release, const Interfaces& interfaces, BlockState& state) {
  std::vector<Problem> faults;
  const plugins::Schema* schema = plugins::schema_of(Plugin::root);
  if (const std::vector<Directive> roots = directives_of(state.block, Plugin::root); !roots.empty() && schema != nullptr) {
    const std::vector<Word> words = joined(roots);
    plugins::Reader(config, words, *schema, release, state, faults).run();
  }
  for (const Directive& directive : directives_of(state.block, Plugin::bind)) {
    state.bound = true;
    std::vector<std::string> without;
    for (const Property property : directive.properties()) {
      if (property.name() == "except") without = addresses_of(property.arguments(), interfaces);
    }
    for (std::string& address : addresses_of(directive.arguments(), interfaces)) {
      if (std::find(without.begin(), without.end(), address) == without.end()) state.binds.push_back(std::move(address));
    }
  }
}

// plugin/tls/acme.go, installChallengeHandlers: one `tls` that gets certificates by ACME has a handler in every block.
bool answers_challenges(const Config& config, Release release) {
  if (!config.has(Plugin::tls) || release < Release{1, 14, 7}) return false;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive& directive : directives_of(config.block(i), Plugin::tls)) {
      if (directive.properties().has("acme")) return true;
    }
  }
  return false;
}

std::vector<Handler> chain_of(const Config& config, Release release, const Block& made, BlockState& state, go::Patterns& patterns) {
  const std::string root = state.root;
  const bool challenges = answers_challenges(config, release);
  std::vector<Handler> chain;
  for (const std::uint8_t index : plugins::execution_order(release)) {
    const auto plugin = static_cast<Plugin>(index + 1);
    const std::vector<Directive> directives = directives_of(made.block, plugin);
    if (plugin == Plugin::tls && challenges) chain.push_back(challenge_handler());
    if (directives.empty()) continue;
    const std::vector<Word> words = joined(directives);
    const std::vector<Stanza> stanzas = stanzas_of(directives, words, *plugins::schema_of(plugin), release, state);
    if (stanzas.empty()) continue;
    for (Handler& handler : make_handlers({config, release, made.block, plugin, stanzas, made.zones, root, patterns})) {
      chain.push_back(std::move(handler));
    }
  }
  // Where plugin.cfg has it is not known, nor what it does.
  for (const Directive directive : made.block.directives()) {
    if (directive.plugin() != Plugin::unknown) continue;
    const std::vector<Stanza> one{{Plugin::unknown, directive.index, config.place(directive.words().first(1)), directive.arguments(), {}}};
    for (Handler& handler : make_handlers({config, release, made.block, Plugin::unknown, one, made.zones, root, patterns})) {
      chain.insert(chain.begin(), std::move(handler));
    }
  }
  return chain;
}

std::vector<View> views_of(ServerBlock block) {
  std::vector<View> views;
  for (const Directive& directive : directives_of(block, Plugin::view)) {
    View& view = views.emplace_back();
    if (!directive.arguments().empty()) view.name = directive.arguments().front().text;
    for (const Property property : directive.properties()) {
      if (property.name() != "expr") continue;
      std::string& expression = view.expressions.emplace_back();
      for (const Word& word : property.arguments()) expression += fmt::format("{}{}", expression.empty() ? "" : " ", word.text);
    }
  }
  return views;
}

Block block_of(const Config& config, Release release, const Interfaces& interfaces, BlockState& state, go::Patterns& patterns) {
  Block made;
  made.block = state.block;
  for (const std::string& zone : state.zones) made.zones.push_back(go::normalize_name(zone));
  read_surroundings(config, release, interfaces, state);
  made.chain = chain_of(config, release, made, state, patterns);
  made.views = views_of(state.block);
  made.metadata = state.block.has(Plugin::metadata);
  made.debug = state.block.has(Plugin::debug);
  made.bound = state.bound;
  made.accepts_update = state.block.has(Plugin::dynupdate);
  return made;
}

std::string address_text(Transport transport, std::string_view host, std::string_view port) {
  if (transport == Transport::unix_socket) return "unix://";
  const auto ip = go::parse_ip(host);
  const std::string plain = ip ? go::to_string(*ip) : std::string(host);
  const bool six = plain.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", to_string(transport), six ? "[" : "", plain, six ? "]" : "", port);
}

/// groupConfigsByListenAddr of register.go, and NewServer of server.go.
void listen(const plugins::Listener& keys, const BlockState& state, std::uint32_t index, Model& model) {
  static const std::vector<std::string> everywhere{""};
  const Block& block = model.blocks[index];
  for (const std::string& host : state.bound ? state.binds : everywhere) {
    for (const Key& key : keys.keys) {
      const std::string address = address_text(key.transport, host, key.port);
      auto server = std::lower_bound(model.servers.begin(), model.servers.end(), address,
                                     [](const Server& one, const std::string& wanted) { return one.address < wanted; });
      if (server == model.servers.end() || server->address != address) {
        server = model.servers.insert(server, Server{});
        server->address = address;
        server->stream = key.transport != Transport::dns && key.transport != Transport::quic && key.transport != Transport::https3;
      }
      server->debug = server->debug || block.debug;
      server->accepts_update = server->accepts_update || block.accepts_update;
      for (const Handler& handler : block.chain) {
        const Plugin plugin = handler.plugin;
        const bool opens = plugin == Plugin::chaos || plugin == Plugin::forward || plugin == Plugin::proxy;
        server->all_classes = server->all_classes || opens;
      }
      for (const std::string& zone : key.zones) {
        std::vector<std::uint32_t>& blocks = server->zones[zone];
        if (std::find(blocks.begin(), blocks.end(), index) == blocks.end()) blocks.push_back(index);
      }
    }
  }
}

// core/dnsserver/register.go, newContext; coremain/run.go, defaultLoader.
constexpr std::string_view default_input = ".:53 {\nwhoami\nlog\n}\n";

bool serves_nothing(const Config& config) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    if (!config.block(i).dropped()) return false;
  }
  return config.accepted();
}

const Server* server_of(const Model& model, std::string_view listener) {
  if (model.servers.empty()) return nullptr;
  const std::string_view wanted = listener.empty() ? std::string_view("dns://:53") : listener;
  for (const Server& server : model.servers) {
    if (server.address == wanted) return &server;
  }
  return listener.empty() ? &model.servers.front() : nullptr;
}

}  // namespace

const Handler* Model::handler(const Block& block, Plugin plugin) const noexcept {
  const auto found = std::find_if(block.chain.begin(), block.chain.end(), [plugin](const Handler& one) { return one.plugin == plugin; });
  return found == block.chain.end() ? nullptr : &*found;
}

}  // namespace flow_detail

using namespace flow_detail;

std::vector<std::string> Flow::listeners() const {
  std::vector<std::string> addresses;
  for (const Server& server : model_->servers) addresses.push_back(server.address);
  return addresses;
}

Flow flow(const Config& given, Release release, const Interfaces& interfaces) {
  constexpr std::uint64_t most_regexps = 1'000'000;  // whoever asks for a flow waits for it
  go::Patterns patterns(most_regexps);
  return flow_detail::flow(given, release, interfaces, patterns);
}

Flow flow_detail::flow(const Config& given, Release release, const Interfaces& interfaces, go::Patterns& regexps) {
  auto model = std::make_shared<Model>();
  model->config = &given;
  if (serves_nothing(given)) {
    model->usual = resolve(parse(Source("Corefile", std::string(default_input))));
    model->config = &model->usual;
  }
  const Config& config = *model->config;
  model->release = release;
  LoadVerdict ignored;
  const std::vector<plugins::Listener> listeners = plugins::read_keys(config, release, ignored);
  plugins::Patterns patterns(release);
  std::vector<BlockState> states = plugins::states_of(config, listeners, patterns, nullptr);
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    Block& made = model->blocks.emplace_back();
    made.block = states[i].block;
    if (!made.block.dropped()) made = block_of(config, release, interfaces, states[i], regexps);
  }
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    if (!states[i].block.dropped()) listen(listeners[i], states[i], i, *model);
  }
  return Flow(std::move(model));
}

Trace trace(const Flow& flow, const Query& query, const World& world) {
  const Model& model = flow.model();
  Trace trace;
  const Server* server = server_of(model, query.listener);
  if (server == nullptr) return trace;
  trace.listener = server->address;
  Request request;
  request.set_name(fqdn(query.name));
  request.type = query.type;
  request.klass = query.klass;
  request.opcode = query.opcode;
  request.edns_size = query.edns_size;
  request.dnssec = query.dnssec;
  Walk walk(model, *server, query, world, trace);
  std::vector<Message> written = walk.accepts(request) ? walk.serve(request, {}) : walk.refuse(request, {}, "NOTIMP");
  trace.replies = static_cast<std::uint32_t>(written.size());
  if (!trace.endless && !trace.crashed && !written.empty()) trace.reply = std::move(written.front().reply);
  return trace;
}

std::string_view to_string(Step::Did did) noexcept {
  switch (did) {
    case Step::Did::passed:
      return "passed";
    case Step::Did::answered:
      return "answered";
    case Step::Did::rewrote:
      return "rewrote";
    case Step::Did::refused:
      return "refused";
    case Step::Did::dropped:
      return "dropped";
    case Step::Did::looked_up:
      return "looked up";
    case Step::Did::forwarded:
      return "forwarded";
    case Step::Did::failed:
      return "failed";
  }
  return {};
}

}  // namespace corefile
