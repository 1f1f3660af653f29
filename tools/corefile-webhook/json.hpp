// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace corefile::webhook {

/// Hears what a JSON text holds, in its order. May throw, and has to where the text is nested deeper than the stack allows.
class JsonListener {
 public:
  virtual void begin_object() = 0;
  virtual void begin_array() = 0;
  /// Of the object or array begun last.
  virtual void end() = 0;
  virtual void key(std::string name) = 0;
  virtual void string(std::string value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void number() = 0;
  virtual void null() = 0;

 protected:
  ~JsonListener() = default;
};

/// RFC 8259, UTF-8 alone. How many bytes at the front could be JSON, if the text is none.
std::optional<std::size_t> read_json(std::string_view text, JsonListener& listener);

}  // namespace corefile::webhook
