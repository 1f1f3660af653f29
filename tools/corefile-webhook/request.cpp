// SPDX-License-Identifier: Apache-2.0
#include "request.hpp"

#include <iterator>

#include "http.hpp"

namespace corefile::webhook {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view review_path = "/validate";

// Codings that are not known hide where the body ends.
bool framed(const RequestParser& parser) {
  const auto& request = parser.get();
  const auto codings = request.equal_range(http::field::transfer_encoding);
  if (codings.first == codings.second) return request.count(http::field::content_length) <= 1;
  return std::next(codings.first) == codings.second && boost::beast::iequals(codings.first->value(), "chunked") &&
         request.count(http::field::content_length) == 0;
}

}  // namespace

std::string too_long(std::size_t max_body) { return "a review of more than " + std::to_string(max_body) + " bytes is not read"; }

std::optional<Objection> objection(const RequestParser& parser, std::size_t max_body) {
  const auto& request = parser.get();
  const std::string_view target(request.target().data(), request.target().size());
  const std::string_view type(request[http::field::content_type].data(), request[http::field::content_type].size());
  if (target.substr(0, target.find('?')) != review_path) return Objection{404, "reviews are POSTed to /validate"};
  if (request.method() != http::verb::post) return Objection{405, "reviews are POSTed to /validate"};
  if (!is_json(type)) return Objection{415, "a review is application/json"};
  if (!framed(parser)) return Objection{400, "the body comes with its length, or chunked and nothing else"};
  const auto length = parser.content_length();
  if (length && *length > max_body) return Objection{413, too_long(max_body)};
  return {};
}

}  // namespace corefile::webhook
