// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <new>
#include <string>

#include "review.hpp"

/// Reviews that fail.
namespace corefile::webhook {

inline Answer failure(const char* why, unsigned status = 500) {
  Answer answer;
  answer.status = status;
  answer.body = (status == 500 ? "the review failed: " : std::string()) + why + '\n';
  answer.record.reason = why;
  return answer;
}
inline Answer unavailable(const char* why) { return failure(why, 503); }

/// The review's answer, or one that says why there is none.
template <typename Review>
Answer guarded(const Review& review) {
  try {
    return review();
  } catch (const Malformed& error) {
    return malformed(error.what());
  } catch (const std::bad_alloc&) {
    return failure("out of memory");
  } catch (const std::exception& error) {
    return failure(error.what());
  }
}

}  // namespace corefile::webhook
