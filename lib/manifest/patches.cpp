// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "manifest/objects.hpp"
#include "manifest/template.hpp"

/// Keys of ConfigMaps that kustomize and `kubectl patch` are to write.
namespace corefile::manifest_detail {
namespace {

/// RFC 6901.
std::string unescaped(std::string_view pointer) {
  std::string out;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    const bool escape = pointer[i] == '~' && i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
    out += !escape ? pointer[i] : pointer[++i] == '0' ? '~' : '/';
  }
  return out;
}

/// What is left of a text and its places behind its first bytes.
Scalar behind(Scalar scalar, std::uint32_t size) {
  std::vector<Segment> map;
  for (std::size_t i = 0; i < scalar.map.size(); ++i) {
    Segment segment = scalar.map[i];
    const auto end = i + 1 < scalar.map.size() ? scalar.map[i + 1].inner : static_cast<std::uint32_t>(scalar.text.size());
    if (end <= size) continue;
    if (segment.inner < size && segment.verbatim) segment.outer.begin += size - segment.inner;
    segment.inner = segment.inner < size ? 0 : segment.inner - size;
    map.push_back(segment);
  }
  scalar.text.erase(0, size);
  scalar.map = std::move(map);
  return scalar;
}

}  // namespace

bool ObjectReader::operation(const std::vector<Pair>& fields) {
  constexpr std::string_view data = "/data/";
  const std::string_view what = text(find(fields, "op").value), path = text(find(fields, "path").value);
  if ((what != "add" && what != "replace") || !path.starts_with(data)) return false;
  const std::string key = unescaped(path.substr(data.size()));
  const Pair value = find(fields, "value");
  if (!is(value.value, Node::Kind::scalar) || !is_corefile_key(Known::custom, key)) return true;
  const std::size_t before = out_.corefiles.size();
  ConfigMap map;
  map.object = "patch of a ConfigMap";
  corefile(map, value);
  if (out_.corefiles.size() == before) return true;
  Embedded& made = out_.corefiles.back();
  made.key = key;
  made.role = role_of({}, {}, key);
  return true;
}

void ObjectReader::name_patched(Index target, std::size_t since) {
  if (!has_text(at(target, {"name"}))) return;
  for (std::size_t i = since; i < out_.corefiles.size(); ++i) {
    Embedded& one = out_.corefiles[i];
    if (!one.name.empty()) continue;
    one.name = text(at(target, {"name"}));
    one.name_space = text(at(target, {"namespace"}));
    one.object = "ConfigMap " + one.name_space + (one.name_space.empty() ? "" : "/") + one.name;
    one.role = role_of(one.name, one.name_space, one.key);
  }
}

// kubernetes-sigs/kustomize, api/kv/kv.go
void ObjectReader::literals(Index generator, const ObjectName& name) {
  for (const Index item : list(at(generator, {"literals"}))) {
    const std::size_t equals = text(item).find('=');
    if (equals == std::string_view::npos || !is_corefile_key(known_name(name.name), text(item).substr(0, equals))) continue;
    Scalar whole = scalar(item);
    const auto front = static_cast<std::uint32_t>(equals + 1);
    if (whole.text.size() < front || whole.map.empty()) continue;
    ConfigMap map;
    map.object = "ConfigMap " + name.name_space + (name.name_space.empty() ? "" : "/") + name.name;
    map.name = name.name;
    map.name_space = name.name_space;
    Embedded made = embedded(map, {item, item}, behind(std::move(whole), front));
    made.key = text(item).substr(0, equals);
    made.role = role_of(name.name, name.name_space, made.key);
    made.rendered = true;
    if (const auto word = find_template(made.source.text(), {.manifest = file_.text()})) {
      made.templated = true;
      say_templated(word->language, made.outer(word->span), made.object);
    }
    out_.corefiles.push_back(std::move(made));
  }
}

}  // namespace corefile::manifest_detail
