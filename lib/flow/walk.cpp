// SPDX-License-Identifier: Apache-2.0
#include "flow/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "flow/views.hpp"
#include "resolve/import.hpp"

namespace corefile::flow_detail {

void Walk::depend(std::string on) {
  std::vector<std::string>& all = trace_.depends;
  if (std::find(all.begin(), all.end(), on) == all.end()) all.push_back(std::move(on));
}

std::optional<std::string> Walk::file(const std::string& written) {
  // As the system takes it: `//etc/resolv.conf`.
  const std::string path = written.starts_with('/') ? resolve_detail::join({}, written) : written;
  if (world_.files == nullptr) {
    depend(fmt::format("the file {}", path));
    return {};
  }
  Files::Content content = world_.files->read(path);
  if (content.status == Files::Status::ok) return std::move(content.text);
  if (content.status == Files::Status::unreadable || !world_.files->authoritative(path)) depend(fmt::format("the file {}", path));
  return {};
}

/// The block that the walk over a name's labels comes to.
struct Walk::Choice {
  const Block* block = nullptr;
  std::string_view zone{};
  std::string_view rcode{};  ///< no block: what the server says
};

bool Walk::passes_filters(const Block& block, const Request& request, Context& context) {
  context.metadata = context.metadata || block.metadata;
  if (block.metadata && !block.views.empty()) context.published_view = block.views.front().name;
  for (const View& view : block.views) {
    if (!view_passes(view, *this, block, request, context)) return false;
  }
  if (!block.views.empty()) context.view = block.views.front().name;
  return true;
}

const Block* Walk::choose(const Request& request, Context& context, Choice& choice) {
  const bool ds = request.opcode == "QUERY" && request.is("DS");
  Context of_ds;
  for (std::string_view rest = request.lower; !rest.empty() && rest != ".";) {
    if (const auto zone = server_.zones.find(rest); zone != server_.zones.end()) {
      for (const std::uint32_t index : zone->second) {
        const Block& block = model_.blocks[index];
        if (block.chain.empty()) {
          choice = {nullptr, {}, "REFUSED"};
          return nullptr;
        }
        if (!passes_filters(block, request, context)) continue;
        choice = {&block, zone->first, {}};
        if (!ds) return &block;
      }
    }
    std::size_t dot = 0;
    while (dot < rest.size() && rest[dot] != '.') dot += rest[dot] == '\\' ? 2 : 1;
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  if (choice.block != nullptr) return choice.block;
  if (const auto zone = server_.zones.find("."); zone != server_.zones.end()) {
    for (const std::uint32_t index : zone->second) {
      const Block& block = model_.blocks[index];
      if (block.chain.empty() || !passes_filters(block, request, context)) continue;
      choice = {&block, zone->first, {}};
      return &block;
    }
  }
  choice.rcode = "REFUSED";
  return nullptr;
}

std::vector<Message> Walk::refuse(const Request& request, const Context& context, std::string_view rcode) {
  Hop hop;
  hop.depth = context.depth;
  hop.name = request.name;
  hop.type = request.type;
  hop.by.emplace_back("server");
  trace_.hops.push_back(std::move(hop));
  return {reply_to(request, rcode)};
}

bool Walk::accepts(const Request& request) const noexcept {
  if (query_.past_listener || request.opcode == "QUERY" || request.opcode == "NOTIFY") return true;
  const std::string_view address = server_.address;
  if (!address.starts_with("dns://") && !address.starts_with("tls://")) return true;
  return server_.accepts_update && request.opcode == "UPDATE";
}

std::vector<Message> Walk::serve(Request& request, Context context) {
  if (stopped()) return {};
  if (!server_.all_classes && request.klass != "IN") return refuse(request, context, "REFUSED");
  Choice choice;
  if (choose(request, context, choice) == nullptr) return refuse(request, context, choice.rcode);
  const bool usual = request.opcode == "QUERY" || request.opcode == "NOTIFY" || !model_.since(1, 15, 0);
  if (!usual && !(choice.block->accepts_update && request.opcode == "UPDATE")) return refuse(request, context, "NOTIMP");
  return enter(*choice.block, choice.zone, request, context);
}

std::vector<Message> Walk::enter(const Block& block, std::string_view zone, Request& request, const Context& context) {
  const std::size_t index = trace_.hops.size();
  Hop& hop = trace_.hops.emplace_back();
  hop.depth = context.depth;
  hop.name = request.name;
  hop.type = request.type;
  hop.block = block.block.index;
  hop.zone = zone;
  if (!block.views.empty()) hop.view = context.view;
  hop.steps.reserve(block.chain.size());
  Returned returned = run(block, 0, index, request, context);
  // The server makes replies fit, and looks into each.
  for (const Message& message : returned.written) returned.panicked = returned.panicked || message.null;
  if (returned.panicked && server_.debug) {
    trace_.crashed = true;
    return {};
  }
  std::vector<std::string>& by = trace_.hops[index].by;
  if (returned.panicked) {
    if (by.empty()) by.emplace_back("server");
    return {reply_to(request, "SERVFAIL")};
  }
  if (!is_written(returned.rcode)) {
    by.emplace_back("server");
    returned.written.push_back(reply_to(request, returned.rcode));
  }
  return std::move(returned.written);
}

Returned Walk::run(const Block& block, std::size_t index, std::size_t hop, Request& request, const Context& context) {
  if (++steps_ > most_steps || frames_ >= most_frames) trace_.endless = true;
  if (stopped()) return {};
  if (index >= block.chain.size()) {
    Returned nobody;
    nobody.rcode = "SERVFAIL";
    nobody.error = true;
    return nobody;
  }
  const Handler& handler = block.chain[index];
  std::vector<Step>& steps = trace_.hops[hop].steps;
  const std::size_t step = steps.size();
  steps.push_back({Step::Did::passed, handler.plugin, handler.directive, handler.place});
  if (const Hop& here = trace_.hops[hop]; request.name != here.name || request.type != here.type) {
    steps.back().name = request.name;
    steps.back().type = request.type;
  }
  Turn turn(*this, block, index, hop, step, request, context);
  ++frames_;
  Returned returned = handler.serve(turn);
  --frames_;
  return returned;
}

void Turn::did(Step::Did did, std::string_view why) {
  step().did = did;
  if (!why.empty()) step().why = why;
}

void Turn::at(std::uint32_t directive, const Place& place) {
  step().directive = directive;
  step().place = place;
}

void Turn::wrote() { walk.trace_.hops[hop_].by.emplace_back(to_string(handler().plugin)); }

Returned Turn::pass(std::string_view why) { return pass(request, why); }

Returned Turn::pass(Request& other, std::string_view why) {
  if (!why.empty()) step().why = why;
  return walk.run(block, index_ + 1, hop_, other, context);
}

Returned Turn::answer(Message message, std::string_view why, std::string_view rcode) {
  did(message.reply.rcode == "REFUSED" ? Step::Did::refused : Step::Did::answered, why);
  wrote();
  Returned returned;
  returned.rcode = rcode;
  returned.written.push_back(std::move(message));
  return returned;
}

Returned Turn::fail(std::string_view rcode, std::string_view why, std::string_view error) {
  did(rcode == "REFUSED" ? Step::Did::refused : Step::Did::failed, why);
  if (!error.empty()) walk.trace_.hops[hop_].error = error;
  Returned returned;
  returned.rcode = rcode;
  returned.error = !error.empty();
  return returned;
}

Returned Turn::drop(std::string_view why) {
  did(Step::Did::dropped, why);
  return {};
}

Returned Turn::panic(std::string_view why) {
  did(Step::Did::failed, why);
  Returned returned;
  returned.panicked = true;
  return returned;
}

std::optional<Message> Turn::look_up(std::string_view name, std::string_view type, std::optional<int> loop, bool synthesis) {
  Context inner = context;
  ++inner.depth;
  if (loop) inner.loop = *loop;
  inner.synthesis = inner.synthesis || synthesis;
  if (inner.depth > most_depth) {
    walk.trace_.endless = true;
    return {};
  }
  Request asked = request;
  asked.set_name(fqdn(name));
  asked.type = type;
  asked.klass = "IN";
  std::vector<Message> written = walk.serve(asked, inner);
  if (written.empty()) return {};
  return std::move(written.back());
}

}  // namespace corefile::flow_detail
