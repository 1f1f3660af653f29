// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace corefile::flow_detail {

/// What was last made of a file's text, so that many queries to one Flow make it once. Copies share it; several threads may use it.
template <class Made>
class Memo {
 public:
  template <class Make>
  std::shared_ptr<const Made> of(const std::string& text, Make make) const {
    const std::lock_guard<std::mutex> lock(last_->mutex);
    if (!last_->made || last_->text != text) {
      last_->made = std::make_shared<const Made>(make(text));
      last_->text = text;
    }
    return last_->made;
  }

 private:
  struct Last {
    std::mutex mutex;
    std::string text;
    std::shared_ptr<const Made> made;
  };
  std::shared_ptr<Last> last_ = std::make_shared<Last>();
};

}  // namespace corefile::flow_detail
