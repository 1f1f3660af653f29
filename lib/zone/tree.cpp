// SPDX-License-Identifier: Apache-2.0
#include "zone/names.hpp"
#include "zone/zone.hpp"

/// plugin/file/tree and the apex of plugin/file/zone.go.
namespace corefile::zone {

bool Tree::Less::operator()(std::string_view a, std::string_view b) const { return compare_names(a, b, release) < 0; }

Tree::Tree(const Zone& zone) : origin_(zone.origin), release_(zone.release), names_(Less{zone.release}) {
  for (const Record& record : zone.records) {
    const bool apex = record.owner == origin_;
    if (record.type == type::soa) {
      soa_ = {record};  // the last one
    } else if (record.type == type::ns && apex) {
      ns_.push_back(record);
    } else if (record.type == type::rrsig && record.covered == type::soa) {
      soa_signatures_.push_back(record);
    } else if (record.type == type::rrsig && record.covered == type::ns && apex) {
      ns_signatures_.push_back(record);
    } else {
      const auto at = names_.try_emplace(record.owner).first;
      if (at->second.types.empty()) at->second.owner = record.owner;
      at->second.types[record.type].push_back(record);
    }
  }
}

const Tree::Name* Tree::search(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

const Tree::Name* Tree::previous(std::string_view name) const {
  const auto behind = names_.upper_bound(name);
  return behind == names_.begin() ? nullptr : &std::prev(behind)->second;
}

const Tree::Name* Tree::next(std::string_view name) const {
  const auto found = names_.lower_bound(name);
  return found == names_.end() ? nullptr : &found->second;
}

}  // namespace corefile::zone
