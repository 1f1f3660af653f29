// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/json.hpp>
#include <tao/pegtl/contrib/unescape.hpp>
#include <utility>

namespace corefile::webhook {
namespace {

namespace pegtl = tao::pegtl;
namespace json = pegtl::json;

// PEGTL's own grammar, but that what stands between quotes is taken in runs.
struct run : pegtl::plus<pegtl::ranges<']', '~', '#', '[', ' ', '!'>> {};
struct beyond : pegtl::plus<pegtl::utf8::range<0x7F, 0x10FFFF>> {};
struct escape : pegtl::seq<pegtl::one<'\\'>, json::escaped> {};
struct quoted : pegtl::seq<pegtl::one<'"'>, pegtl::star<pegtl::sor<run, escape, beyond>>, pegtl::one<'"'>> {};
struct key : pegtl::seq<quoted> {};
struct string : pegtl::seq<quoted> {};
struct value;
struct element : json::padr<value> {};
struct array : pegtl::seq<json::begin_array, pegtl::opt<pegtl::list<element, json::value_separator>>, json::end_array> {};
struct member : pegtl::seq<key, json::name_separator, element> {};
struct object : pegtl::seq<json::begin_object, pegtl::opt<pegtl::list<member, json::value_separator>>, json::end_object> {};
struct value : pegtl::sor<string, object, array, json::number, json::true_, json::false_, json::null> {};
struct text : pegtl::seq<pegtl::star<json::ws>, element, pegtl::eof> {};

struct State {
  JsonListener& listener;
  std::string text;  // of the quoted one that is being read
  const char* end;   // of what could be JSON so far
};

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};

template <typename Unescape>
struct Append {
  template <typename Match>
  static void apply(const Match& match, State& state) {
    Unescape::apply(match, state.text);
  }
};
template <>
struct Action<run> : Append<pegtl::unescape::append_all> {};
template <>
struct Action<beyond> : Append<pegtl::unescape::append_all> {};
template <>
struct Action<json::escaped_char> : Append<pegtl::unescape::unescape_c<json::escaped_char, '"', '\\', '/', '\b', '\f', '\n', '\r', '\t'>> {
};
template <>
struct Action<json::unicode> : Append<pegtl::unescape::unescape_j> {};

template <auto Event, auto... Values>
struct Tell {
  template <typename Match>
  static void apply(const Match& match, State& state) {
    state.end = match.end();
    (state.listener.*Event)(Values...);
  }
};
template <auto Event>
struct TellText {
  template <typename Match>
  static void apply(const Match& match, State& state) {
    state.end = match.end();
    (state.listener.*Event)(std::exchange(state.text, {}));
  }
};
template <>
struct Action<json::begin_object> : Tell<&JsonListener::begin_object> {};
template <>
struct Action<json::end_object> : Tell<&JsonListener::end> {};
template <>
struct Action<json::begin_array> : Tell<&JsonListener::begin_array> {};
template <>
struct Action<json::end_array> : Tell<&JsonListener::end> {};
template <>
struct Action<key> : TellText<&JsonListener::key> {};
template <>
struct Action<string> : TellText<&JsonListener::string> {};
template <>
struct Action<json::number> : Tell<&JsonListener::number> {};
template <>
struct Action<json::null> : Tell<&JsonListener::null> {};
template <>
struct Action<json::true_> : Tell<&JsonListener::boolean, true> {};
template <>
struct Action<json::false_> : Tell<&JsonListener::boolean, false> {};

}  // namespace

std::optional<std::size_t> read_json(std::string_view body, JsonListener& listener) {
  State state{listener, {}, body.data()};
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> input(body.data(), body.data() + body.size(), "");
  try {
    if (pegtl::parse<text, Action>(input, state)) return {};
  } catch (const pegtl::parse_error&) {
    // Half of a surrogate pair.
  }
  return static_cast<std::size_t>(state.end - body.data());
}

}  // namespace corefile::webhook
