// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/model.hpp"

/// One query's walk through the model.
namespace corefile::flow_detail {

// CoreDNS has no such bounds; what is beyond them is endless to a client.
inline constexpr std::size_t most_steps = 4'000;
inline constexpr std::size_t most_frames = 600;
inline constexpr std::uint32_t most_depth = 24;

/// What a lookup inherits from the query that it serves: a context.Context.
struct Context {
  std::uint32_t depth = 0;
  int loop = 0;                ///< dnsserver.LoopKey
  bool synthesis = false;      ///< of `siit`, which does not translate what it asks itself
  std::string view;            ///< dnsserver.ViewKey
  bool metadata = false;       ///< collected, of this block or one before it
  std::string published_view;  ///< by `view` as metadata
};

class Walk {
 public:
  Walk(const Model& model, const Server& server, const Query& query, const World& world, Trace& trace)
      : model_(model), server_(server), query_(query), world_(world), trace_(trace) {}

  /// The socket's server lets it through. HTTP's and gRPC's look at no opcode.
  bool accepts(const Request& request) const noexcept;
  /// The server itself says so.
  std::vector<Message> refuse(const Request& request, const Context& context, std::string_view rcode);
  /// core/dnsserver/server.go, ServeDNS: what is written, in order.
  std::vector<Message> serve(Request& request, Context context);

  const Model& model() const noexcept { return model_; }
  const Query& query() const noexcept { return query_; }
  const World& world() const noexcept { return world_; }
  Trace& trace() noexcept { return trace_; }
  bool stopped() const noexcept { return trace_.endless || trace_.crashed; }
  bool tcp() const noexcept { return query_.tcp || server_.stream; }
  const Server& server() const noexcept { return server_; }
  void depend(std::string on);
  /// Of a pattern that is not known here.
  void depend_on_pattern() { depend("a regular expression that is too large to be followed"); }
  /// The file's text; nothing if there is none, or if that is not known.
  std::optional<std::string> file(const std::string& written);

 private:
  friend class Turn;
  struct Choice;
  const Block* choose(const Request& request, Context& context, Choice& choice);
  bool passes_filters(const Block& block, const Request& request, Context& context);
  std::vector<Message> enter(const Block& block, std::string_view zone, Request& request, const Context& context);
  Returned run(const Block& block, std::size_t index, std::size_t hop, Request& request, const Context& context);

  const Model& model_;
  const Server& server_;
  const Query& query_;
  const World& world_;
  Trace& trace_;
  std::size_t steps_ = 0;
  std::size_t frames_ = 0;
};

/// A request at a plugin.
class Turn {
 public:
  Turn(Walk& walk_, const Block& block_, std::size_t index, std::size_t hop, std::size_t step, Request& request_, const Context& context_)
      : walk(walk_), block(block_), request(request_), context(context_), index_(index), hop_(hop), step_(step) {}

  template <class Settings>
  const Settings& settings() const noexcept {
    return *static_cast<const Settings*>(handler().settings.get());
  }
  const Handler& handler() const noexcept { return block.chain[index_]; }
  /// The plugin behind this one; null if there is none.
  const Handler* next() const noexcept { return index_ + 1 < block.chain.size() ? &block.chain[index_ + 1] : nullptr; }
  bool since(std::uint16_t major, std::uint16_t minor, std::uint16_t patch) const noexcept {
    return walk.model().since(major, minor, patch);
  }
  Release release() const noexcept { return walk.model().release; }

  /// plugin.NextOrFailure.
  Returned pass(std::string_view why = {});
  Returned pass(Request& other, std::string_view why = {});
  /// Writes a reply and returns `rcode`.
  Returned answer(Message message, std::string_view why = {}, std::string_view rcode = "NOERROR");
  /// Writes nothing: the server, or a plugin before this one, says it for it.
  Returned fail(std::string_view rcode, std::string_view why = {}, std::string_view error = {});
  /// Writes nothing, and nobody else will.
  Returned drop(std::string_view why);
  Returned panic(std::string_view why);
  /// `why` is of static storage, here and above.
  void did(Step::Did did, std::string_view why);
  /// The line that decided.
  void at(std::uint32_t directive, const Place& place);
  /// A reply of this plugin's own making, written beside what it returns.
  void wrote();

  /// plugin/pkg/upstream, Lookup: the question put to the server itself; nothing if nobody wrote a reply.
  std::optional<Message> look_up(std::string_view name, std::string_view type, std::optional<int> loop = {}, bool synthesis = false);

  Walk& walk;
  const Block& block;
  Request& request;
  const Context& context;

 private:
  Step& step() noexcept { return walk.trace_.hops[hop_].steps[step_]; }
  std::size_t index_, hop_, step_;
};

}  // namespace corefile::flow_detail
