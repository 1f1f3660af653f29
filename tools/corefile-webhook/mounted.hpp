// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy.hpp"

/// ConfigMaps as the folders that they are in a pod.
namespace corefile::webhook {

/// Where the cluster's pods have their Corefile, and beside it the folder that coredns-custom is mounted as.
inline constexpr std::string_view main_folder = "/etc/coredns";
inline constexpr std::string_view custom_folder = "/etc/coredns/custom";
inline constexpr std::string_view main_name = "/etc/coredns/Corefile";

/// Under `data` or, decoded, `binaryData`.
std::vector<Text> all_texts(const ConfigMap& map);

/// The texts are the caller's, and stay where they are.
class Mounted final : public Files {
 public:
  /// `whole`: they are all that lies in the folder. Of others it is not known whether the pods mount them.
  void add(std::string_view folder, const std::vector<Text>& texts, bool whole);

  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string& path) const override;

  /// Whether something was read that the pods perhaps do not mount, since this was last asked.
  bool guessed() noexcept { return std::exchange(guessed_, false); }
  /// Whether more was asked for than is given: what is found then is not all.
  bool exhausted() const noexcept { return exhausted_; }

 private:
  struct Folder {
    std::map<std::string_view, std::string_view> texts;
    std::set<std::string_view> opened;  ///< what plugins name without a folder, which is none of these
    bool whole = false;
  };
  const Folder* folder_of(std::string_view path) const;
  bool spend(std::size_t bytes) const noexcept;

  std::map<std::string, Folder, std::less<>> folders_;
  mutable std::size_t left_ =
      std::size_t{3} << 20U;  // bytes that are given to be read: a zone file of a megabyte is read twice, 90 ms each
  mutable bool guessed_ = false;
  mutable bool exhausted_ = false;
};

/// The keys of a ConfigMap, as its Corefile finds them beside it. Of most none names another, and nothing is kept.
class Beside {
 public:
  explicit Beside(const ConfigMap& map);

  /// Whether the text is read where it lies, for it may name others.
  bool concerns(const Text& text) const;
  /// The text's path.
  std::string path(const Text& text) const { return std::string(folder_) + '/' + text.key; }
  std::string_view folder() const noexcept { return folder_; }
  Mounted& files() noexcept { return files_; }

 private:
  std::string_view folder_;
  bool custom_;
  std::vector<Text> texts_;
  Mounted files_;
};

}  // namespace corefile::webhook
