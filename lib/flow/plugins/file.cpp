// SPDX-License-Identifier: Apache-2.0
// plugin/file/file.go and setup.go, plugin/auto/auto.go, walk.go and setup.go. Zone files are read and answered from in lib/zone.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "flow/interests.hpp"
#include "flow/memo.hpp"
#include "flow/plugins.hpp"
#include "flow/rr.hpp"
#include "go/net.hpp"
#include "zone/folder.hpp"
#include "zone/zone.hpp"

namespace corefile::flow_detail {
namespace {

/// A file as it was read, ready to answer.
struct Grown {
  zone::Tree tree;
  zone::Verdict verdict;
  bool alone;  ///< it includes no other files
};

struct Origin {
  std::string origin, path;
  Memo<Grown> read{};
};

struct File {
  std::vector<std::string> zones;
  std::vector<Origin> sources;  ///< a later one of the same origin counts
  Fallthrough fallthrough;
};

std::vector<Record> told(const std::vector<zone::Record>& from, Release release) {
  std::vector<Record> records;
  records.reserve(from.size());
  for (const zone::Record& one : from) records.push_back(record_of(one, release));
  return records;
}

std::string_view rcode_name(std::uint16_t rcode) {
  constexpr std::array<std::string_view, 6> names{"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"};
  return rcode < names.size() ? names[rcode] : "SERVFAIL";
}

std::uint16_t rcode_number(std::string_view name) {
  for (std::uint16_t i = 0; i < 6; ++i) {
    if (rcode_name(i) == name) return i;
  }
  return 2;
}

/// What a look-up came to, for the answer that waits for it.
zone::LookedUp look_up(Turn& turn, const zone::Answer::Lookup& lookup) {
  zone::LookedUp found;
  const std::optional<Message> reply = turn.look_up(lookup.name, zone::type_name(lookup.type, turn.release()), lookup.depth);
  found.answered = reply.has_value();
  if (!reply) return found;
  found.rcode = rcode_number(reply->reply.rcode);
  for (const Record& one : reply->reply.answer) {
    zone::Record record;
    record.owner = one.name;
    record.ttl = one.ttl;
    record.type = zone::type_number(one.type, turn.release()).value_or(0);
    record.rdata = one.data;
    if (const auto name = name_in_data(one)) record.target = one.data.substr(name->first, name->second);
    found.answer.push_back(std::move(record));
  }
  return found;
}

Grown grown(const zone::Zone& zone) {
  const bool includes = std::any_of(zone.problems.begin(), zone.problems.end(),
                                    [](const zone::Problem& one) { return one.kind == zone::Problem::Kind::include; });
  return {zone::Tree(zone), zone.verdict, zone.sources.size() <= 1 && !includes};
}

std::shared_ptr<const Grown> read_zone(Turn& turn, const Origin& source, bool& readable) {
  const std::optional<std::string> text = turn.walk.file(source.path);
  readable = text.has_value();
  if (!text) return std::make_shared<const Grown>(grown(zone::empty(source.origin, turn.release())));
  const auto make = [&](const std::string& given) {
    zone::ReadOptions options;
    options.release = turn.release();
    options.origin = source.origin;
    options.path = source.path;
    options.files = turn.walk.world().files;
    return grown(zone::read(Source(source.path, given), options));
  };
  std::shared_ptr<const Grown> read = source.read.of(*text, make);
  if (!read->alone) read = std::make_shared<const Grown>(make(*text));
  if (read->verdict == zone::Verdict::depends) turn.walk.depend(fmt::format("the files that {} includes", source.path));
  return read;
}

/// zone.Lookup and what `file` and `auto` make of it; nothing: it falls through.
std::optional<Returned> serve_zone(Turn& turn, const zone::Tree& tree, bool of_auto, const Fallthrough& fallthrough) {
  const Request& request = turn.request;
  const std::optional<std::uint16_t> type = zone::type_number(request.type, turn.release());
  if (!type) return turn.fail("SERVFAIL", "the type is not known");
  zone::Question question{request.name, *type, request.dnssec, of_auto, turn.context.loop};
  zone::Answer answer = zone::answer(tree, question);
  constexpr int most = 16;
  for (int i = 0; answer.lookup && i < most; ++i) {
    turn.did(Step::Did::looked_up, {});
    const zone::Answer::Lookup wanted = *answer.lookup;
    answer = zone::finish(tree, question, std::move(answer), look_up(turn, wanted));
    if (turn.walk.stopped()) return Returned{};
  }
  if (answer.may_fall_through && fallthrough.through(request.lower)) return std::nullopt;
  if (!answer.written) return turn.fail(rcode_name(answer.rcode), answer.why);
  Message message = reply_to(request, rcode_name(answer.rcode), answer.aa);
  message.reply.answer = told(answer.answer, turn.release());
  message.reply.authority = told(answer.authority, turn.release());
  message.reply.additional = told(answer.additional, turn.release());
  return turn.answer(std::move(message), answer.why);
}

Returned serve_file(Turn& turn) {
  const File& file = turn.settings<File>();
  const std::string_view zone = match(file.zones, turn.request.lower);
  if (zone.empty()) {
    if (turn.next() == nullptr && turn.since(1, 12, 3)) return turn.fail("REFUSED", "no zone of its own fits, and nothing is behind it");
    return turn.pass("no zone of its own fits");
  }
  if (turn.request.is_transfer()) return turn.fail("REFUSED", "zones are transferred by `transfer`");
  if (turn.request.opcode == "NOTIFY") return turn.drop("it is not a secondary server");
  const auto source = std::find_if(file.sources.rbegin(), file.sources.rend(), [zone](const Origin& one) { return one.origin == zone; });
  bool readable = true;
  const auto read = read_zone(turn, *source, readable);
  std::optional<Returned> returned = serve_zone(turn, read->tree, false, file.fallthrough);
  return returned ? std::move(*returned) : turn.pass("the zone has no such name, and it falls through");
}

struct Auto {
  std::vector<std::string> origins;
  zone::Folder folder;
};

std::vector<Origin> sources_in(const Files& files, Release release, const zone::Folder& folder) {
  std::vector<Origin> sources;
  // walk.go, EvalSymlinks: no folder is the one that the process runs in.
  if (folder.directory.empty() && release < Release{1, 14, 4}) return sources;
  for (zone::FolderFile& file : folder.files(files)) {
    std::string origin = fqdn(file.origin);
    const auto same = [&origin](const Origin& one) { return one.origin == origin; };
    if (std::none_of(sources.begin(), sources.end(), same)) sources.push_back({std::move(origin), std::move(file.path), {}});
  }
  return sources;
}

std::vector<Origin> sources_of(Turn& turn, const zone::Folder& folder) {
  if (const Files* files = turn.walk.world().files) return sources_in(*files, turn.release(), folder);
  turn.walk.depend(fmt::format("the files in {}", folder.directory));
  return {};
}

Returned serve_auto(Turn& turn) {
  const Auto& settings = turn.settings<Auto>();
  if (match(settings.origins, turn.request.lower).empty()) return turn.pass("no origin of its own fits");
  std::vector<Origin> sources = sources_of(turn, settings.folder);
  // Files that are no zones are left out; of those that fit the name, the one of the longest origin is read.
  std::sort(sources.begin(), sources.end(), [](const Origin& a, const Origin& b) { return a.origin.size() > b.origin.size(); });
  for (const Origin& source : sources) {
    if (!below(turn.request.lower, source.origin)) continue;
    bool readable = true;
    const auto read = read_zone(turn, source, readable);
    if (!readable || read->verdict == zone::Verdict::refused) continue;
    if (turn.request.is_transfer()) return turn.fail("REFUSED", "zones are transferred by `transfer`");
    std::optional<Returned> returned = serve_zone(turn, read->tree, true, {});
    return returned ? std::move(*returned) : turn.pass();
  }
  if (!turn.since(1, 8, 0)) return turn.fail("SERVFAIL", "it has no zone for the name");
  if (turn.next() == nullptr && turn.since(1, 12, 3)) return turn.fail("REFUSED", "it has no zone for the name, and nothing is behind it");
  return turn.pass("it has no zone for the name");
}

void tell_zone(const Origin& source, const Surroundings& around, Interests& interests) {
  const Release release = around.model.release;
  interests.name(source.origin);
  const std::optional<std::string> text = around.file(source.path);
  if (!text) return;
  zone::ReadOptions options;
  options.release = release;
  options.origin = source.origin;
  options.path = source.path;
  options.files = around.world.files;
  for (const zone::Record& one : zone::read(Source(source.path, *text), options).records) {
    const std::string type = zone::type_name(one.type, release);
    if (one.owner.starts_with("*.")) {
      interests.name(std::string_view(one.owner).substr(2));
      interests.types.insert(type);
    } else {
      interests.name(one.owner, type);
    }
    if (interests.left_out) return;
  }
}

void tell_file(const void* settings, const Surroundings& around, Interests& interests) {
  for (const Origin& source : static_cast<const File*>(settings)->sources) tell_zone(source, around, interests);
}

void tell_auto(const void* settings, const Surroundings& around, Interests& interests) {
  if (around.world.files == nullptr) return;
  for (const Origin& source : sources_in(*around.world.files, around.model.release, static_cast<const Auto*>(settings)->folder)) {
    tell_zone(source, around, interests);
  }
}

}  // namespace

bool transfers_zone(Turn& turn, std::string_view name, bool& fails) {
  const Handler* handler = turn.walk.model().handler(turn.block, Plugin::file);
  if (handler == nullptr) return false;
  const auto& file = *static_cast<const File*>(handler->settings.get());
  const auto source = std::find_if(file.sources.rbegin(), file.sources.rend(), [name](const Origin& one) { return one.origin == name; });
  if (source == file.sources.rend()) return false;
  bool readable = true;
  fails = read_zone(turn, *source, readable)->tree.soa().empty();
  return true;
}

Handlers file(const Setup& setup) {
  File file;
  for (const Stanza& directive : setup.stanzas) {
    const std::string path = directive.arguments.empty() ? std::string() : setup.path(directive.arguments.front().text);
    for (std::string& zone : setup.zones_of(directive)) {
      file.sources.push_back({zone, path, {}});
      file.zones.push_back(std::move(zone));
    }
    for (const Line& property : directive.properties) {
      if (property.name() == "fallthrough") file.fallthrough = setup.fallthrough_of(property);
    }
  }
  return {make_handler(setup, serve_file, std::move(file), tell_file)};
}

Handlers auto_(const Setup& setup) {
  Auto settings;
  for (const Stanza& directive : setup.stanzas) {
    settings.origins = setup.zones_of(directive);
    for (const Line& property : directive.properties) {
      const std::span<const Word> arguments = property.arguments();
      if (property.name() != "directory" || arguments.empty()) continue;
      settings.folder.directory = setup.path(arguments[0].text);
      if (arguments.size() >= 3) settings.folder.match(arguments[1].text, arguments[2].text);
    }
  }
  return {make_handler(setup, serve_auto, std::move(settings), tell_auto)};
}

}  // namespace corefile::flow_detail
