// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zone/lexer.hpp"
#include "zone/rdata.hpp"
#include "zone/zone.hpp"

/// miekg/dns, scan.go, ZoneParser: records out of a zone file and what it includes.
namespace corefile::zone {

class Parser {
 public:
  /// Sources and notes (files that are not known) go to `zone`.
  Parser(const Source& file, const ReadOptions& options, Zone& zone);

  enum class Step : std::uint8_t { record, end, fault };
  /// The next record, as it stands in the file but for its rdata, which is as plugin/file's Insert leaves it.
  Step next(Record& out);
  /// What ended it, as ParseError.Error tells it.
  const Problem& fault() const noexcept { return fault_; }
  std::size_t bytes() const noexcept { return bytes_; }
  /// Reading failed behind what was handed out last; it becomes the fault.
  bool reading_failed();

 private:
  enum class State : std::uint8_t {
    owner,
    owner_blank,
    any,
    no_class_blank,
    no_class,
    no_ttl_blank,
    no_ttl,
    type_blank,
    type,
    rdata,
    origin_blank,
    origin,
    ttl_blank,
    ttl,
    include_blank,
    include,
    generate_blank,
    generate
  };
  // One file or one $GENERATE: a ZoneParser of its own in Go.
  struct Level {
    Lexer lexer;
    std::string origin{}, file{};
    std::uint32_t source = 0;
    int includes = 0;
    bool generated = false;
    bool has_ttl = false, ttl_by_directive = false;
    std::uint32_t default_ttl = 0;
    std::string owner{};  // ZoneParser.h
    std::uint32_t ttl = 0;
    std::uint16_t klass = 1;
    std::uint16_t type = 0;
    std::string read_error{};  // of what lies at the end of the text
    std::optional<Token> read_at{};
    std::uint32_t begin = 0, line = 0;  // of the record at work
    std::string_view text{};
  };
  using Outcome = std::optional<Step>;  // none: go on

  Step step(Record& out);
  Outcome on_token(State& state, const Token& token, Record& out);
  Outcome at_owner(State& state, const Token& token);
  Outcome at_middle(State& state, const Token& token);
  Outcome take_ttl(State& state, const Token& token, State behind);
  Outcome at_rdata(const Token& token, Record& out);
  Outcome at_directive(State& state, const Token& token);
  Outcome at_argument(State& state, const Token& token);
  Outcome include(const Token& token);
  Outcome open(const Token& token, std::string origin);
  Outcome generate(const Token& token);
  Outcome expand(std::int64_t start, std::int64_t stop, std::int64_t step, const Token& blank);
  Step fail(std::string_view what, const Token& token);
  Step fail_reading();
  Step over_limit(const Token& token);
  void record(Record& out, const RdataWriter& rdata);
  bool lowers(std::uint16_t type) const noexcept;
  Level& top() { return levels_.back(); }

  const ReadOptions& options_;
  Zone& zone_;
  int library_;
  std::vector<Level> levels_;
  std::deque<std::string> texts_;  // what $GENERATE made: the lexers look at it
  std::size_t bytes_ = 0;
  std::size_t includes_ = 0;
  Problem fault_{};
};

/// generate.go: what a $GENERATE's text becomes. An error's text goes to `error` and where it stands to `from` and `to` in `text`.
struct Generated {
  std::string text{};
  std::string error{};
  std::size_t from = 0, to = 0;
  bool too_large = false;
};
Generated generate_text(std::string_view text, std::int64_t start, std::int64_t stop, std::int64_t step, std::size_t most);

/// path/filepath: Join of a path behind a file's folder, cleaned.
std::string path_beside(std::string_view file, std::string_view path);
std::string clean_path(std::string_view path);
/// strconv.QuoteToASCII, and Go's %q, which leaves printable letters as they are.
std::string quote(std::string_view text, bool ascii_only);

}  // namespace corefile::zone
