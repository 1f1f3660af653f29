// SPDX-License-Identifier: Apache-2.0
#include "flow/rr.hpp"
#include "zone/types.hpp"

namespace corefile::flow_detail {

Record record_of(const zone::Record& from, Release release) {
  return {from.owner, from.ttl, zone::type_name(from.type, release), from.rdata, zone::class_text(from.klass)};
}

std::optional<Record> parse_record(std::string_view text, Release release) {
  const auto read = zone::read_record(text, release);
  return read ? std::optional(record_of(*read, release)) : std::nullopt;
}

}  // namespace corefile::flow_detail
