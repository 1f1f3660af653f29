// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/ascii.hpp"
#include "zone/names.hpp"
#include "zone/parser.hpp"
#include "zone/types.hpp"
#include "zone/zone.hpp"

/// plugin/file/file.go, Parse, and what Insert in zone.go does to a record.
namespace corefile::zone {
namespace {

// Where a release does otherwise.
constexpr Release origin_named{1, 6, 0};
constexpr Release faults_refuse{1, 11, 4};
constexpr Release srv_kept{1, 12, 3};
constexpr Release faults_first{1, 14, 0};
constexpr Release escapes_made_canonical{1, 14, 4};
constexpr Release soa_owner_compared{1, 15, 0};

class Reading {
 public:
  Reading(const Source& file, const ReadOptions& options, Zone& zone)
      : options_(options), zone_(zone), library_(dns_library(options.release)), parser_(file, options, zone) {
    path_ = options.path.empty() ? file.name() : std::string(options.path);
  }

  void run() {
    read_all();
    zone_.bytes = parser_.bytes();
  }

 private:
  void read_all() {
    Record record;
    for (;;) {
      const Parser::Step found = parser_.next(record);
      if (found == Parser::Step::end) break;
      if (found == Parser::Step::fault) {
        end_in_fault(parser_.fault());
        return;
      }
      // Until 1.11.3 an error was looked for behind a record alone, where only one of reading can stand.
      if (options_.release < faults_refuse && parser_.reading_failed()) {
        zone_.problems.push_back(parser_.fault());
        zone_.verdict = Verdict::refused;
        return;
      }
      if (!take(record)) return;
    }
    if (!seen_soa_) no_soa();
  }

  bool take(Record& record) {
    if (record.type == type::soa && !take_soa(record)) return false;
    const bool srv = record.type == type::srv && options_.release >= srv_kept;
    if (!srv) {
      if (options_.release >= escapes_made_canonical) record.owner = canonical_escape(record.owner, library_);
      record.owner = ascii::to_lower(record.owner);
    }
    if (record.type == type::nsec3 || record.type == type::nsec3param) {
      refuse(Problem::Kind::unsupported, record,
             fmt::format("NSEC3 zone is not supported, dropping RR: {} for zone: {}", record.owner, zone_.origin));
      return false;
    }
    if (!is_subdomain(zone_.origin, record.owner)) note(Problem::Kind::outside_zone, record);
    if (zone_.records.size() >= options_.limits.records) {
      note(Problem::Kind::limit, record);
      zone_.problems.back().fatal = true;
      zone_.verdict = Verdict::depends;
      return false;
    }
    zone_.records.push_back(std::move(record));
    return true;
  }

  bool take_soa(const Record& record) {
    if (options_.release >= soa_owner_compared && canonical_name(canonical_escape(record.owner, library_), library_) !=
                                                      canonical_name(canonical_escape(zone_.origin, library_), library_)) {
      zone_.refused_owner = record.owner;
      refuse(Problem::Kind::wrong_owner, record,
             fmt::format("file {} has SOA owner {} that does not match origin {}", quote(path_, false), record.owner, zone_.origin));
      return false;
    }
    if (seen_soa_) {
      note(Problem::Kind::second_soa, record);
      return true;
    }
    seen_soa_ = true;
    if (!options_.serial || record.serial != *options_.serial) return true;
    refuse(Problem::Kind::same_serial, record,
           fmt::format("no change in SOA serial for origin {} in file {}, with {} SOA serial", zone_.origin, path_, record.serial));
    if (unknown_include()) zone_.verdict = Verdict::depends;  // another SOA record may come first
    return false;
  }

  void note(Problem::Kind kind, const Record& record) { zone_.problems.push_back({kind, record.at, record.line, {}, false}); }

  void refuse(Problem::Kind kind, const Record& record, std::string message) {
    zone_.problems.push_back({kind, record.at, record.line, std::move(message), true});
    zone_.verdict = Verdict::refused;
  }

  bool unknown_include() const noexcept { return zone_.verdict == Verdict::depends; }

  void end_in_fault(const Problem& fault) {
    zone_.problems.push_back(fault);
    if (fault.kind == Problem::Kind::limit) {
      zone_.verdict = Verdict::depends;
      return;
    }
    const bool strict = options_.release >= faults_refuse;
    if (strict && (seen_soa_ || options_.release >= faults_first)) {
      Problem& last = zone_.problems.back();
      last.message = fmt::format("failed to parse file {} for origin {} with error {}", quote(path_, false), zone_.origin, last.message);
      zone_.verdict = Verdict::refused;
      return;
    }
    if (!seen_soa_) {
      no_soa();
    } else if (!unknown_include()) {
      zone_.verdict = Verdict::loses;
    }
  }

  void no_soa() {
    std::string message = fmt::format("file {} has no SOA record", quote(path_, false));
    if (options_.release >= origin_named) message += " for origin " + zone_.origin;
    if (unknown_include()) return;
    zone_.problems.push_back({Problem::Kind::no_soa, {}, 0, std::move(message), true});
    zone_.verdict = Verdict::refused;
  }

  const ReadOptions& options_;
  Zone& zone_;
  int library_;
  Parser parser_;
  std::string path_;
  bool seen_soa_ = false;
};

}  // namespace

const Problem* Zone::refusal() const noexcept {
  if (verdict != Verdict::refused || problems.empty()) return nullptr;
  return &problems.back();
}

std::optional<Record> read_record(std::string_view text, Release release) {
  const ReadOptions options{.release = release, .origin = ".", .ttl = 3600, .as_written = true};
  Zone zone;
  Record record;
  const bool found = Parser(Source({}, std::string(text) + '\n'), options, zone).next(record) == Parser::Step::record;
  return found ? std::optional(std::move(record)) : std::nullopt;
}

Zone read(const Source& file, const ReadOptions& options) {
  Zone zone;
  zone.origin = go::fqdn(options.origin, name_rules_of(dns_library(options.release)));
  zone.release = options.release;
  Reading(file, options, zone).run();
  return zone;
}

Zone empty(std::string_view origin, Release release) {
  Zone zone;
  zone.origin = origin;
  zone.release = release;
  return zone;
}

std::string Record::text(Release release) const {
  const int library = dns_library(release);
  const bool known = is_known_type(type, library);
  const std::string kinds = known ? class_text(klass) + ' ' + type_text(type, library) : fmt::format("CLASS{} TYPE{}", klass, type);
  std::string out = fmt::format("{} {} {}", print_name(owner), ttl, kinds);
  if (!rdata.empty()) out += ' ' + rdata;
  return out;
}

}  // namespace corefile::zone
