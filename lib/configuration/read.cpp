// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/line_index.hpp>
#include <corefile/visible.hpp>
#include <utility>

#include "configuration/configuration.hpp"
#include "manifest/tree.hpp"
#include "plugins/reader.hpp"

namespace corefile {
namespace {

using namespace manifest_detail;
using YamlNode = manifest_detail::Node;

class Reader {
 public:
  Reader(const Source& file, ConfigFile& out) : file_(file), lines_(file.text()), out_(out) {}

  void read(std::span<const ConfigKey> keys) {
    if (const auto at = too_deep(file_.text())) return fault(*at, "nested too deep");
    std::vector<Tree> trees;
    for (const Span part : split_documents(file_.text())) {
      if (const auto failure = read_trees(file_.text(), part, trees)) return fault(failure->at, "this is not YAML: " + failure->words);
    }
    std::erase_if(trees, [](const Tree& tree) { return tree.nodes.empty() || tree.nodes.front().kind == YamlNode::Kind::null; });
    if (trees.empty()) return;
    if (trees.size() > 1) return fault(trees[1].nodes.front().at, "a second document is not read");
    tree_ = &trees.front();
    if (kind(0) != YamlNode::Kind::map) return fault(tree_->nodes[0].at, "the file should be a map of keys to values");
    map(0, keys, out_.values);
  }

 private:
  void fault(std::uint32_t at, const std::string& message) { out_.faults.push_back({lines_.position(at).line, visible(message)}); }
  YamlNode::Kind kind(Index node) const { return tree_->nodes[tree_->resolved(node)].kind; }
  std::string text(Index node) const { return std::string(tree_->text(tree_->resolved(node))); }
  std::uint32_t at(Index node) const { return tree_->nodes[node].at; }

  /// Calls `see` with every key and its value; none twice.
  template <typename See>
  void each(Index node, See&& see) {
    std::vector<std::string> seen;
    for (Index key = tree_->nodes[tree_->resolved(node)].first; key != none; key = tree_->nodes[tree_->nodes[key].next].next) {
      const Index value = tree_->nodes[key].next;
      if (value == none) return;
      if (kind(key) != YamlNode::Kind::scalar) {
        fault(at(key), "a key should be one word");
        continue;
      }
      const std::string name = text(key);
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
        fault(at(key), fmt::format("`{}` stands here twice", name));
        continue;
      }
      seen.push_back(name);
      see(key, name, value);
    }
  }

  void map(Index node, std::span<const ConfigKey> keys, std::vector<ConfigValue>& out) {
    each(node, [&](Index key, const std::string& name, Index value) {
      const auto known = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& one) { return one.name == name; });
      if (known == keys.end()) return unknown(key, name, keys);
      ConfigValue read{name, {}, {}, lines_.position(at(key)).line};
      if (this->value(value, *known, read)) out.push_back(std::move(read));
    });
  }

  void unknown(Index key, const std::string& name, std::span<const ConfigKey> keys) {
    std::vector<std::string_view> names;
    std::string list;
    for (const ConfigKey& one : keys) {
      names.push_back(one.name);
      list.append(list.empty() ? "" : ", ").append(one.name);
    }
    const std::string_view meant = plugins::nearest(name, names);
    fault(at(key),
          fmt::format("there is no key `{}`; {}", name, meant.empty() ? "known are " + list : fmt::format("did you mean `{}`?", meant)));
  }

  bool value(Index node, const ConfigKey& key, ConfigValue& out) {
    switch (key.kind) {
      case ConfigKey::Kind::text:
        return word(node, key, out);
      case ConfigKey::Kind::flag:
        if (kind(node) == YamlNode::Kind::scalar) out.text = text(node);
        if (out.text == "true" || out.text == "false") return true;
        fault(at(node), fmt::format("`{}` should be true or false", key.name));
        return false;
      case ConfigKey::Kind::texts:
        return texts(node, key, out);
      case ConfigKey::Kind::map:
        if (kind(node) != YamlNode::Kind::map) return wrong(node, key, "a map of names to words");
        each(node, [&](Index name, const std::string& called, Index value) {
          ConfigValue item{called, {}, {}, lines_.position(at(name)).line};
          if (word(value, key, item)) out.items.push_back(std::move(item));
        });
        return true;
      case ConfigKey::Kind::entries:
        return entries(node, key, out);
      case ConfigKey::Kind::sections:
        return sections(node, key, out);
    }
    return false;
  }

  bool wrong(Index node, const ConfigKey& key, std::string_view what) {
    fault(at(node), fmt::format("`{}` should be {}", key.name, what));
    return false;
  }

  bool word(Index node, const ConfigKey& key, ConfigValue& out) {
    if (kind(node) != YamlNode::Kind::scalar) return wrong(node, key, "one word");
    out.text = text(node);
    if (key.choices.empty() || std::find(key.choices.begin(), key.choices.end(), out.text) != key.choices.end()) return true;
    std::string list;
    for (const std::string_view choice : key.choices) list.append(list.empty() ? "" : ", ").append(choice);
    fault(at(node), fmt::format("`{}` is not one of {}", out.text, list));
    return false;
  }

  bool texts(Index node, const ConfigKey& key, ConfigValue& out) {
    if (kind(node) == YamlNode::Kind::scalar) {
      out.items.push_back({{}, text(node), {}, out.line});
      return true;
    }
    if (kind(node) != YamlNode::Kind::sequence) return wrong(node, key, "a list of words");
    for (Index item = tree_->nodes[tree_->resolved(node)].first; item != none; item = tree_->nodes[item].next) {
      ConfigValue one{{}, {}, {}, lines_.position(at(item)).line};
      if (word(item, key, one)) out.items.push_back(std::move(one));
    }
    return true;
  }

  bool entries(Index node, const ConfigKey& key, ConfigValue& out) {
    if (kind(node) != YamlNode::Kind::sequence) return wrong(node, key, "a list");
    for (Index item = tree_->nodes[tree_->resolved(node)].first; item != none; item = tree_->nodes[item].next) {
      if (kind(item) != YamlNode::Kind::map) return wrong(item, key, "a list of maps");
      ConfigValue& one = out.items.emplace_back();
      one.line = lines_.position(at(item)).line;
      map(item, key.keys.all(), one.items);
    }
    return true;
  }

  bool sections(Index node, const ConfigKey& key, ConfigValue& out) {
    if (kind(node) != YamlNode::Kind::map) return wrong(node, key, "a map of names to maps");
    each(node, [&](Index name, const std::string& called, Index inside) {
      if (kind(inside) != YamlNode::Kind::map) return fault(at(inside), fmt::format("`{}` should be a map of keys to values", called));
      ConfigValue& one = out.items.emplace_back();
      one.name = called;
      one.line = lines_.position(at(name)).line;
      map(inside, key.keys.all(), one.items);
    });
    return true;
  }

  const Source& file_;
  LineIndex lines_;
  ConfigFile& out_;
  const Tree* tree_ = nullptr;
};

}  // namespace

ConfigFile read_config(const Source& file, std::span<const ConfigKey> keys) {
  ConfigFile out;
  Reader(file, out).read(keys);
  std::stable_sort(out.faults.begin(), out.faults.end(), [](const ConfigFault& a, const ConfigFault& b) { return a.line < b.line; });
  return out;
}

}  // namespace corefile
