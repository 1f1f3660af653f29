// SPDX-License-Identifier: Apache-2.0
#include <corefile/running.hpp>
#include <map>
#include <string_view>

#include "base/utf8.hpp"
#include "plugins/go_releases.hpp"
#include "syntax/reading.hpp"

namespace corefile {
namespace {

/// encoding/json, appendString with escapeHTML.
class GoJson {
 public:
  explicit GoJson(Release toolchain) : short_escapes_(toolchain >= Release{1, 22, 0}) {}

  void string(std::string& out, std::string_view text) const {
    out += '"';
    while (!text.empty()) {
      const utf8::Rune rune = utf8::decode(text);
      append(out, rune, text.substr(0, rune.size));
      text.remove_prefix(rune.size);
    }
    out += '"';
  }

 private:
  void append(std::string& out, utf8::Rune rune, std::string_view bytes) const {
    if (!rune.valid) {
      out += "\\ufffd";
    } else if (rune.value == '"' || rune.value == '\\') {
      out.append("\\").append(bytes);
    } else if (rune.value < 0x20) {
      control(out, bytes.front());
    } else if (rune.value == '<' || rune.value == '>' || rune.value == '&') {
      code(out, bytes.front());
    } else if (rune.value == 0x2028 || rune.value == 0x2029) {
      out += rune.value == 0x2028 ? "\\u2028" : "\\u2029";
    } else {
      out += bytes;
    }
  }

  void control(std::string& out, char c) const {
    const std::size_t known = std::string_view("\n\r\t\b\f").find(c);
    const bool has_letter = known < 3 || (known < 5 && short_escapes_);
    if (!has_letter) return code(out, c);
    out += '\\';
    out += "nrtbf"[known];
  }

  static void code(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 0xFU];
  }

  bool short_escapes_;  // `\b` and `\f`, from Go 1.22 on
};

/// A directive's name as it was written: its variables are replaced where it is looked up alone (parse.go, directive).
std::string raw_name(const Config& config, const Word& name) {
  const Document& document = config.document(config.place(name).document);
  const std::string_view text = document.source().text();
  const bool closed =
      name.span.end < text.size() || document.faults().empty() || document.faults().back().kind != FaultKind::unclosed_quote;
  const TokenKind quote = closed ? TokenKind::quoted : TokenKind::unclosed_quote;
  return decode(name.quoted != 0 ? quote : TokenKind::word, document.source().text(name.span));
}

void add_token(std::string& out, const GoJson& json, const Config& config, const Word& word, std::string_view text) {
  const std::uint32_t document = config.place(word).document;
  if (!out.empty()) out += ',';
  out += R"({"File":)";
  json.string(out, document == 0 ? std::string_view() : config.document(document).source().name());
  out += R"(,"Line":)" + std::to_string(word.line) + R"(,"Text":)";
  json.string(out, text);
  out += '}';
}

void add_block(std::string& out, const GoJson& json, const Config& config, ServerBlock block) {
  out += R"({"Keys":[)";
  for (const Word& key : block.keys()) {
    if (!out.ends_with('[')) out += ',';
    json.string(out, key.text);
  }
  out += R"(],"Tokens":{)";
  std::map<std::string_view, std::string> tokens;  // by the bytes of their names, as Go sorts them
  for (const Directive directive : block.directives()) {
    std::string& list = tokens[directive.name()];
    for (const Word& word : directive.words()) {
      const bool name = &word == &directive.name_word();
      add_token(list, json, config, word, name ? raw_name(config, word) : std::string(word.text));
    }
  }
  for (const auto& [name, list] : tokens) {
    if (!out.ends_with('{')) out += ',';
    json.string(out, name);
    out.append(":[").append(list).append("]");
  }
  out += "}}";
}

}  // namespace

RunningHash running_hash(Release release) noexcept {
  if (release >= Release{1, 9, 1}) return RunningHash::sha512;
  return release >= Release{1, 6, 1} ? RunningHash::md5 : RunningHash::none;
}

std::string running_configuration(const Config& config, Release release) {
  const GoJson json(plugins::go_releases(release).toolchain);
  std::string out;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.dropped()) continue;
    out += out.empty() ? '[' : ',';
    add_block(out, json, config, block);
  }
  return out.empty() ? "null" : out + ']';
}

}  // namespace corefile
