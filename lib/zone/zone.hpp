// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <corefile/source.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {
class Files;
}

/// Zone files as CoreDNS's `file`, `auto` and `secondary` read them and answer from them: plugin/file, over the miekg/dns of the release.
/// Names are text with escapes and the last dot, as miekg/dns keeps them.
namespace corefile::zone {

/// Record types by number, those that the code below looks at.
namespace type {
inline constexpr std::uint16_t a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, txt = 16, sig = 24, key = 25, aaaa = 28, srv = 33,
                               dname = 39, ds = 43, rrsig = 46, nsec = 47, dnskey = 48, nsec3 = 50, nsec3param = 51, svcb = 64, https = 65,
                               ixfr = 251, axfr = 252, any = 255;
}  // namespace type

/// As miekg/dns prints it: `A`, `TYPE65280`; as it reads it, in any case: `a`, `TYPE1`. None for other words. O(log types).
std::string type_name(std::uint16_t type, Release release);
std::optional<std::uint16_t> type_number(std::string_view word, Release release);

struct Record {
  std::string owner{};    ///< lower-case but for SRV records from 1.12.3 on, as Zone.Insert leaves it
  std::uint32_t ttl = 0;  ///< seconds
  std::uint16_t type = 0;
  std::uint16_t klass = 1;
  std::string rdata{};        ///< presentation text as miekg/dns prints it, one space between fields
  std::string target{};       ///< the name in it that CoreDNS follows: NS, CNAME, DNAME, MX, SRV, SVCB, HTTPS, PTR
  std::uint16_t covered = 0;  ///< RRSIG: the type that it signs
  std::uint32_t serial = 0;   ///< SOA
  Place at{};                 ///< from its first token to its last, in `Zone::sources`; of $GENERATE the directive's
  std::uint32_t line = 0;     ///< from 1, of its first token
  /// `OWNER TTL CLASS TYPE RDATA`, single spaces.
  std::string text(Release release) const;
};

struct Problem {
  enum class Kind : std::uint8_t {
    syntax,        ///< miekg/dns cannot read it
    include,       ///< an $INCLUDE that cannot be opened or is too deep
    unsupported,   ///< NSEC3: plugin/file takes none
    no_soa,        ///< the whole file
    wrong_owner,   ///< from 1.15.0 on: a SOA record that is not the origin's
    same_serial,   ///< serial 0, which is taken for a zone without changes
    second_soa,    ///< no error: the last one is used
    outside_zone,  ///< no error: the record is read and never found
    limit          ///< beyond Limits: what follows was not read
  } kind = Kind::syntax;
  Place at{};              ///< the byte at fault; where a whole file is, empty at its beginning
  std::uint32_t line = 0;  ///< what CoreDNS says, from 1; 0 where it names none
  std::string message{};   ///< CoreDNS's own, as `Parse` returns it; up to 1.11.3 the parser's, which nobody gets to see. Empty: no error
  /// The reading ended here. The last of the problems, if any, but for `no_soa`.
  bool fatal = false;
};

struct Limits {
  std::size_t records = 1'000'000;  ///< kept; more are not read
  std::size_t bytes = 256u << 20;   ///< of all files read, $GENERATE's text among them
  std::size_t includes = 1'000;     ///< files; their depth is miekg/dns's own, 7
};

enum class Verdict : std::uint8_t {
  loads,    ///< whole
  loses,    ///< loads, and what stands behind the first fault is lost in silence (up to 1.11.3)
  refused,  ///< `Zone::refusal()` says why; `auto` skips the file
  depends   ///< on a file that is not known, or on what lies beyond the limits
};

struct Zone {
  std::string origin{};
  Release release{};
  std::vector<Source> sources{};    ///< the file, then what it includes in the order in which it is opened
  std::vector<Record> records{};    ///< in the order of the text, as far as it was read
  std::size_t bytes = 0;            ///< of all text that was read, what $GENERATE makes among it
  std::vector<Problem> problems{};  ///< in the order in which CoreDNS meets them
  Verdict verdict = Verdict::loads;
  std::string refused_owner{};  ///< with `wrong_owner`: of the SOA record, as it stands in the file

  /// The problem for which CoreDNS refuses it; none if it does not.
  const Problem* refusal() const noexcept;
};

struct ReadOptions {
  Release release{};
  std::string_view origin{};                ///< normalised: lower-case, with the last dot
  std::string_view path{};                  ///< as CoreDNS opens it, for messages and relative $INCLUDEs; the source's name if empty
  const Files* files = nullptr;             ///< for $INCLUDE; without it, or if a file may be there, the verdict depends
  std::string_view folder{};                ///< what relative paths are relative to when `files` is asked
  std::optional<std::uint32_t> serial = 0;  ///< what the zone had before: 0 where `file` and `auto` read it for the first time
  std::optional<std::uint32_t> ttl{};       ///< of records that give none, before any $TTL; none: the first record must give one
  bool as_written = false;                  ///< names in rdata keep their case: nothing is inserted into a zone
  Limits limits{};
};

/// plugin/file/file.go, Parse. Total. O(text).
Zone read(const Source& file, const ReadOptions& options);
/// miekg/dns, NewRR: the first record of a text, names without a last dot below the root. Nothing of it is made lower-case. None: there is
/// none, or it cannot be read. O(text).
std::optional<Record> read_record(std::string_view text, Release release);
/// What `file` has of a file that is not there yet, and `secondary` before its first transfer: every query fails.
Zone empty(std::string_view origin, Release release);

/// A zone ready to answer. Holds no reference to the Zone it is made of.
class Tree {
 public:
  explicit Tree(const Zone& zone);

  struct Name {
    std::string owner;
    std::map<std::uint16_t, std::vector<Record>> types;
  };

  const std::string& origin() const noexcept { return origin_; }
  Release release() const noexcept { return release_; }
  /// plugin/file/tree: its Search, Prev (the greatest that is not above) and Next (the least that is not below). Null: none. O(log names).
  const Name* search(std::string_view name) const;
  const Name* previous(std::string_view name) const;
  const Name* next(std::string_view name) const;
  /// Of the apex; empty: there is no SOA record, so nothing can be answered.
  const std::vector<Record>& soa() const noexcept { return soa_; }
  const std::vector<Record>& ns() const noexcept { return ns_; }
  const std::vector<Record>& soa_signatures() const noexcept { return soa_signatures_; }
  const std::vector<Record>& ns_signatures() const noexcept { return ns_signatures_; }

 private:
  struct Less {
    using is_transparent = void;
    Release release;
    bool operator()(std::string_view a, std::string_view b) const;
  };
  std::string origin_;
  Release release_;
  std::map<std::string, Name, Less> names_;
  std::vector<Record> soa_, ns_, soa_signatures_, ns_signatures_;
};

struct Question {
  std::string_view name{};  ///< in any case, with the last dot
  std::uint16_t type = 0;
  bool dnssec = false;   ///< EDNS's do
  bool of_auto = false;  ///< asked of `auto`, which has a ServeDNS of its own
  int depth = 0;         ///< look-ups that led here: dnsserver.LoopKey, which `Answer::Lookup::depth` hands on
};

struct Answer {
  enum class Result : std::uint8_t { success, name_error, delegation, no_data, server_failure } result = Result::success;
  std::uint16_t rcode = 0;  ///< 0, 2, 3; 5 for transfers, which `transfer` would have taken (from 1.8.0 on)
  bool aa = false;
  /// False: nothing is written, and the server makes a reply of `rcode` alone.
  bool written = true;
  std::vector<Record> answer{}, authority{}, additional{};
  /// `file`'s `fallthrough`, if it has one that fits the name, hands the query on (from 1.12.2 on).
  bool may_fall_through = false;
  std::string_view why{};  ///< a word or two: `wildcard`, `delegation`, `empty non-terminal`, …
  Place source{};          ///< the record that decided, if any: a delegation's NS, a wildcard, a CNAME, a DNAME

  /// What must be looked up at the server, from its beginning, before this is an answer; `finish` takes what came of it.
  struct Lookup {
    std::string name{};
    std::uint16_t type = 0;
    int depth = 0;
  };
  std::optional<Lookup> lookup{};
};

/// plugin/file/lookup.go and ServeDNS for a name in the zone. O(labels * log names + records).
Answer answer(const Tree& tree, const Question& question);

/// What a look-up came to.
struct LookedUp {
  bool answered = true;  ///< false: nothing was written, or no server took it
  std::uint16_t rcode = 0;
  std::vector<Record> answer{};
};
/// plugin/file/lookup.go, doLookup and after. `pending` is an answer with a `lookup`. O(records).
Answer finish(const Tree& tree, const Question& question, Answer pending, const LookedUp& found);

}  // namespace corefile::zone
