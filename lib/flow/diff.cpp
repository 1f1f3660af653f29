// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/flow_diff.hpp>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "flow/imagined.hpp"
#include "flow/message.hpp"
#include "flow/model.hpp"
#include "flow/space.hpp"
#include "flow/told.hpp"

namespace corefile {

namespace flow_detail {

/// A part of the space that changes.
struct Cell {
  std::size_t listener = 0, name = 0, client = 0;
  std::string type;
  bool tcp = false;
  auto key() const { return std::tie(listener, name, client, type, tcp); }
  bool operator<(const Cell& other) const { return key() < other.key(); }
};

struct Divided {
  Space space;
  std::vector<std::string> listeners;
  std::map<Cell, std::size_t> changes;  ///< by cell, in Difference::changes
};

namespace {

using Gravity = Change::Gravity;

bool fails(const Trace& trace) { return !trace.reply || (trace.reply->rcode != "NOERROR" && trace.reply->rcode != "NXDOMAIN"); }

std::vector<std::string> data_of(const std::vector<Record>& records) {
  std::vector<std::string> out;
  out.reserve(records.size());
  for (const Record& one : records) out.push_back(fmt::format("{} {} {} {}", one.name, one.klass, one.type, one.data));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::uint32_t> ttls_of(const Reply& reply) {
  std::vector<std::uint32_t> out;
  for (const auto* section : {&reply.answer, &reply.authority, &reply.additional}) {
    for (const Record& one : *section) out.push_back(one.ttl);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Upstreams and what they are asked; with `protocols`, how.
std::vector<std::string> asked_of(const Trace& trace, bool protocols) {
  std::vector<std::string> out;
  for (const Asked& one : trace.asked) {
    std::vector<std::string> servers = one.one_of;
    std::sort(servers.begin(), servers.end());
    if (servers.empty()) servers.push_back(one.upstream);
    out.push_back(fmt::format("{} {} {} {}", fmt::join(servers, " "), protocols ? one.protocol : "", ascii::to_lower(one.name), one.type));
  }
  return out;
}

std::optional<Gravity> compare(const Trace& before, const Trace& after) {
  const bool failed = fails(before);
  if (failed != fails(after)) return failed ? Gravity::mended : Gravity::fails;
  if (before.crashed != after.crashed || before.endless != after.endless || before.reply.has_value() != after.reply.has_value()) {
    return Gravity::other;
  }
  if (!before.reply) return {};
  const Reply& was = *before.reply;
  const Reply& now = *after.reply;
  if (was.known && now.known && !was.answer.empty() && now.answer.empty()) return Gravity::lost;
  if (asked_of(before, false) != asked_of(after, false)) return Gravity::elsewhere;
  if (was.known != now.known || was.rcode != now.rcode) return Gravity::other;
  if (!was.known) return before.by() == after.by() ? std::nullopt : std::optional(Gravity::other);
  if (data_of(was.answer) != data_of(now.answer)) return Gravity::other;
  const bool rest = data_of(was.authority) == data_of(now.authority) && data_of(was.additional) == data_of(now.additional);
  if (rest && ttls_of(was) != ttls_of(now)) return Gravity::life_time;
  const bool alike = rest && was.authoritative == now.authoritative && asked_of(before, true) == asked_of(after, true);
  return alike ? std::nullopt : std::optional(Gravity::beside);
}

constexpr std::array moods{Mood::answer, Mood::admit, Mood::deny, Mood::fail, Mood::answer_briefly};

/// What the parts of one change have in common.
std::string likeness(Gravity gravity, Mood mood, const Trace& before, const Trace& after) {
  std::string key = fmt::format("{} {}", static_cast<int>(gravity), static_cast<int>(mood));
  const bool records = gravity == Gravity::other && told_briefly(before) == told_briefly(after);
  for (const Trace* trace : {&before, &after}) {
    key += '|' + (records ? told(*trace) : told_briefly(*trace));
    if (gravity == Gravity::life_time) key += told_ttls(*trace);
  }
  return key;
}

struct Alike {
  Gravity gravity{};
  Mood mood{};
  std::vector<Cell> cells;
};

/// What people ask for comes first, and short names.
std::size_t strangeness(const Query& query) {
  constexpr std::array<std::string_view, 3> usual{"A", "AAAA", "PTR"};
  const auto* const type = std::find(usual.begin(), usual.end(), query.type);
  return static_cast<std::size_t>(type - usual.begin()) * 1000 + query.name.size() + (count_labels(query.name) < 2 ? 100 : 0);
}

class Comparison {
 public:
  Comparison(const Flow& before, const World& world_before, const Flow& after, const World& world_after, const DiffLimits& limits)
      : before_(before),
        after_(after),
        wanted_(wanted_of(before, after)),
        imagined_before_(world_before, wanted_),
        imagined_after_(world_after, wanted_),
        worlds_before_(worlds_of(imagined_before_)),
        worlds_after_(worlds_of(imagined_after_)),
        upstreams_known_(world_before.upstream && world_after.upstream),
        limits_(limits) {}

  Difference run();

 private:
  static Wanted wanted_of(const Flow& before, const Flow& after) {
    Wanted wanted;
    add_wanted(before.model(), wanted);
    add_wanted(after.model(), wanted);
    return wanted;
  }
  static std::array<World, moods.size()> worlds_of(const Imagined& imagined) {
    std::array<World, moods.size()> worlds;
    for (std::size_t i = 0; i < moods.size(); ++i) worlds[i] = imagined.world(moods[i]);
    return worlds;
  }
  Interests interests() const {
    Interests all;
    gather(before_.model(), worlds_before_.front(), all);
    gather(after_.model(), worlds_after_.front(), all);
    return all;
  }
  void add_listeners(Difference& out, Divided& divided) const;
  Query query_of(const Divided& divided, const Cell& cell) const;
  void look(const Divided& divided, const Cell& cell);
  struct Looked {
    bool differs, asks, expressions;  ///< it is answered otherwise; an upstream is asked; an expression that is not known decides
  };
  Looked look(const Query& query, const Cell& cell, Mood mood);
  void tell(Difference& out, Divided& divided);

  const Flow& before_;
  const Flow& after_;
  Wanted wanted_;
  Imagined imagined_before_, imagined_after_;
  std::array<World, moods.size()> worlds_before_, worlds_after_;
  bool upstreams_known_;
  DiffLimits limits_;
  std::map<std::string, Alike> found_;
  std::set<std::string> depends_;
  std::size_t traces_ = 0;
};

void Comparison::add_listeners(Difference& out, Divided& divided) const {
  const std::vector<std::string> was = before_.listeners(), now = after_.listeners();
  std::set_intersection(was.begin(), was.end(), now.begin(), now.end(), std::back_inserter(divided.listeners));
  std::vector<std::string> gone, come;
  std::set_difference(was.begin(), was.end(), now.begin(), now.end(), std::back_inserter(gone));
  std::set_difference(now.begin(), now.end(), was.begin(), was.end(), std::back_inserter(come));
  for (const std::string& one : gone) out.listeners.push_back("only before: " + one);
  for (const std::string& one : come) out.listeners.push_back("only after: " + one);
}

Query Comparison::query_of(const Divided& divided, const Cell& cell) const {
  Query query;
  query.listener = divided.listeners[cell.listener];
  query.name = divided.space.names()[cell.name].witness;
  query.type = cell.type;
  query.client = divided.space.clients()[cell.client].address;
  query.tcp = cell.tcp;
  return query;
}

Comparison::Looked Comparison::look(const Query& query, const Cell& cell, Mood mood) {
  ++traces_;
  const auto world = static_cast<std::size_t>(mood);
  const Trace was = trace(before_, query, worlds_before_[world]);
  const Trace now = trace(after_, query, worlds_after_[world]);
  Looked looked{false, !was.asked.empty() || !now.asked.empty(), hangs_on_expression(was) || hangs_on_expression(now)};
  depends_.insert(was.depends.begin(), was.depends.end());
  depends_.insert(now.depends.begin(), now.depends.end());
  const std::optional<Gravity> gravity = compare(was, now);
  if (!gravity) return looked;
  looked.differs = true;
  Alike& found = found_[likeness(*gravity, mood, was, now)];
  found.gravity = *gravity;
  found.mood = mood;
  found.cells.push_back(cell);
  return looked;
}

void Comparison::look(const Divided& divided, const Cell& cell) {
  const Query query = query_of(divided, cell);
  const Looked looked = look(query, cell, Mood::answer);
  if (looked.differs || (looked.expressions && look(query, cell, Mood::admit).differs) || !looked.asks || upstreams_known_) return;
  // What plugins make of other replies does not hang on the type.
  if (cell.type != "A" && cell.type != "PTR") return;
  for (const Mood mood : moods) {
    if (mood != Mood::answer && mood != Mood::admit && look(query, cell, mood).differs) return;
  }
}

void Comparison::tell(Difference& out, Divided& divided) {
  std::vector<Alike*> all;
  all.reserve(found_.size());
  for (auto& [key, found] : found_) all.push_back(&found);
  std::stable_sort(all.begin(), all.end(), [](const Alike* a, const Alike* b) {
    return std::pair(a->gravity, b->cells.size()) < std::pair(b->gravity, a->cells.size());
  });
  for (Alike* found : all) {
    Change& change = out.changes.emplace_back();
    change.gravity = found->gravity;
    for (const Cell& cell : found->cells) {
      divided.changes.emplace(cell, out.changes.size() - 1);
      change.parts.push_back(
          {query_of(divided, cell), divided.space.describe(divided.space.names()[cell.name]), std::string(describe(found->mood))});
    }
    std::stable_sort(change.parts.begin(), change.parts.end(),
                     [](const Change::Part& a, const Change::Part& b) { return strangeness(a.witness) < strangeness(b.witness); });
    const auto world = static_cast<std::size_t>(found->mood);
    change.before = trace(before_, change.parts.front().witness, worlds_before_[world]);
    change.after = trace(after_, change.parts.front().witness, worlds_after_[world]);
    change.was = told(change.before);
    change.now = told(change.after);
    Where where(divided.space, divided.listeners.size());
    for (const Cell& cell : found->cells) where.add(cell.name, cell.type, cell.client, divided.listeners[cell.listener], cell.tcp);
    change.where = where.lines();
  }
}

Difference Comparison::run() {
  Difference out;
  Interests all = interests();
  out.cut = all.left_out;
  auto divided = std::make_shared<Divided>(Divided{Space(std::move(all)), {}, {}});
  add_listeners(out, *divided);
  const auto& names = divided->space.names();
  for (std::size_t listener = 0; listener < divided->listeners.size(); ++listener) {
    for (std::size_t name = 0; name < names.size(); ++name) {
      for (const std::string& type : names[name].types) {
        for (std::size_t client = 0; client < divided->space.clients().size(); ++client) {
          for (const bool tcp : {false, true}) {
            if (tcp && !divided->space.interests().tcp) continue;
            out.cut = out.cut || traces_ >= limits_.traces;
            if (traces_ >= limits_.traces) continue;
            ++out.parts;
            look(*divided, {listener, name, client, type, tcp});
          }
        }
      }
    }
  }
  tell(out, *divided);
  out.depends.assign(depends_.begin(), depends_.end());
  out.divided = std::move(divided);
  return out;
}

}  // namespace
}  // namespace flow_detail

using namespace flow_detail;

const Change* Difference::covering(const Query& query) const {
  if (!divided) return nullptr;
  const Space& space = divided->space;
  const auto name = space.part_of(fqdn(ascii::to_lower(query.name)));
  const auto client = space.client_of(query.client);
  std::string_view listener = query.listener;
  if (listener.empty()) listener = "dns://:53";
  const auto at = std::find(divided->listeners.begin(), divided->listeners.end(), listener);
  if (!name || !client || (at == divided->listeners.end() && (!query.listener.empty() || divided->listeners.empty()))) return nullptr;
  Cell cell;
  cell.listener = at == divided->listeners.end() ? 0 : static_cast<std::size_t>(at - divided->listeners.begin());
  cell.name = *name;
  cell.client = *client;
  cell.type = space.type_in(space.names()[*name], query.type);
  cell.tcp = query.tcp && space.interests().tcp;
  const auto found = divided->changes.find(cell);
  return found == divided->changes.end() ? nullptr : &changes[found->second];
}

Difference diff(const Flow& before, const World& world_before, const Flow& after, const World& world_after, const DiffLimits& limits) {
  return Comparison(before, world_before, after, world_after, limits).run();
}

std::string_view to_string(Change::Gravity gravity) noexcept {
  constexpr std::array<std::string_view, 7> names{"fails", "lost", "elsewhere", "other", "mended", "life time", "beside"};
  return names[static_cast<std::size_t>(gravity)];
}

}  // namespace corefile
