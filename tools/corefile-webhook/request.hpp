// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "admission.hpp"

/// A review as an HTTP request.
namespace corefile::webhook {

/// A body that is read as it comes.
struct ReviewBody {
  using value_type = AdmissionReader;

  class reader {
   public:
    template <bool IsRequest, typename Fields>
    reader(boost::beast::http::header<IsRequest, Fields>& /*header*/, value_type& to) : to_(to) {}
    void init(const boost::optional<std::uint64_t>& /*length*/, boost::system::error_code& error) { error = {}; }
    template <typename Buffers>
    std::size_t put(const Buffers& buffers, boost::system::error_code& error) {
      error = {};
      std::size_t size = 0;
      for (auto at = boost::asio::buffer_sequence_begin(buffers); at != boost::asio::buffer_sequence_end(buffers); ++at) {
        const boost::asio::const_buffer piece = *at;
        to_.feed({static_cast<const char*>(piece.data()), piece.size()});
        size += piece.size();
      }
      return size;
    }
    void finish(boost::system::error_code& error) { error = {}; }

   private:
    value_type& to_;
  };
};

using RequestParser = boost::beast::http::request_parser<ReviewBody>;

/// Why the rest of a request is not read.
struct Objection {
  unsigned status;
  std::string why;
};
std::string too_long(std::size_t max_body);
/// Of one whose header is done.
std::optional<Objection> objection(const RequestParser& parser, std::size_t max_body);

}  // namespace corefile::webhook
