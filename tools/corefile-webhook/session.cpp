// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <poll.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <optional>

#include "guarded.hpp"
#include "http.hpp"
#include "request.hpp"

namespace corefile::webhook {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Error = boost::system::error_code;

constexpr std::uint32_t max_header = 16U << 10U;
constexpr std::chrono::milliseconds close_within{2000};  // for the other side to close
constexpr std::size_t max_discarded = 16U << 20U;
constexpr std::chrono::milliseconds clock_tick{100};
constexpr std::chrono::milliseconds least_wait{50};  // nobody goes away sooner

}  // namespace

/// One connection: a handshake, then one review after another.
class Session : public std::enable_shared_from_this<Session> {
 public:
  enum class Phase : std::uint8_t { silent, handshake, idle, header, body, review, answer, closing };

  Session(Worker& worker, tcp::socket socket) : worker_(worker), common_(worker.common), socket_(std::move(socket)) {
    ++common_.metrics.connections;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { --common_.metrics.connections; }

  std::list<std::shared_ptr<Session>>::iterator place;

  bool proven() const noexcept { return proven_; }
  bool may_go() const noexcept { return phase_ == Phase::idle || (!proven_ && phase_ != Phase::review && phase_ != Phase::answer); }
  bool resting() {
    return phase_ == Phase::idle && proven_ && buffer_.size() == 0 && SSL_pending(tls_->native_handle()) == 0 && lowest().available() == 0;
  }

  void start() {
    enter(Phase::silent, common_.options.timeout);
    // A connection that says nothing costs no TLS state.
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](Error error) {
      if (error) return self->finish();
      self->shake_hands();
    });
  }

  void expire(Clock::time_point now) {
    if (now < deadline_) return try_again();
    if (phase_ == Phase::review) return give_up();
    if (waits_) {
      common_.metrics.rejected(Rejection::memory);
      return refuse(503, "too many large reviews at once");
    }
    if (phase_ != Phase::idle && phase_ != Phase::closing) common_.metrics.rejected(Rejection::timeout);
    finish();
  }

  void close_gently() {
    enter(Phase::closing, close_within);
    tls_->async_shutdown([self = shared_from_this()](Error) { self->finish(); });
  }

  void finish() {
    if (finished_) return;
    finished_ = true;
    share_.reset();
    Error ignored;
    lowest().close(ignored);
    worker_.remove(place);
  }

 private:
  tcp::socket::lowest_layer_type& lowest() { return tls_ ? tls_->lowest_layer() : socket_.lowest_layer(); }

  void enter(Phase phase, std::chrono::milliseconds time) {
    phase_ = phase;
    deadline_ = Clock::now() + time;
  }

  void shake_hands() {
    enter(Phase::handshake, common_.options.timeout);
    {
      const std::lock_guard lock(common_.identity_lock);
      identity_ = common_.identity;
    }
    SSL_CTX_up_ref(identity_.get());
    context_.emplace(identity_.get());
    tls_.emplace(std::move(socket_), *context_);
    tls_->async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](Error error) {
      if (error) {
        if (!self->finished_) self->common_.metrics.rejected(Rejection::handshake);
        return self->finish();
      }
      self->advance();
    });
  }

  void read() {
    // A body is read in large pieces; what stands between two requests is kept small.
    const auto room = buffer_.prepare(phase_ == Phase::body ? 64U << 10U : 8U << 10U);
    tls_->async_read_some(room, [self = shared_from_this()](Error error, std::size_t size) {
      if (error) return self->finish();
      self->buffer_.commit(size);
      self->advance();
    });
  }

  // As far as what has come allows.
  void advance() {
    if (finished_) return;
    if (!parser_) {
      if (buffer_.size() == 0) {
        enter(Phase::idle, proven_ ? common_.options.idle_timeout : common_.options.timeout);
        return read();
      }
      parser_.emplace();
      arrived_ = Clock::now();
      parser_->header_limit(max_header);
      parser_->body_limit(common_.options.max_body);
      enter(Phase::header, common_.options.timeout);
    }
    while (!parser_->is_done()) {
      if (buffer_.size() == 0) return read();
      waits_ = !charge();
      if (waits_) return;
      Error error;
      buffer_.consume(parser_->put(buffer_.data(), error));
      if (error == http::error::need_more) return read();
      if (error == http::error::body_limit) return refuse(413, too_long(common_.options.max_body));
      if (error == http::error::header_limit) return refuse(431, "the header is too long");
      if (error) return refuse(400, "no HTTP request: " + error.message());
      if (phase_ == Phase::header && parser_->is_header_done()) {
        if (auto wrong = objection(*parser_, common_.options.max_body)) return refuse(wrong->status, std::move(wrong->why));
        enter(Phase::body, common_.options.timeout);
        if (parser_->is_done() || !expects_continue()) continue;
        return go_on();
      }
    }
    handle();
  }

  // What a review takes is counted as it comes: whoever announces much and sends little keeps nobody out.
  bool charge() {
    const std::size_t wanted = parser_->get().body().held() + buffer_.size();
    if (wanted <= common_.options.small_body) return true;
    if (!share_) {
      const auto tell = [this](void (Session::*what)()) {
        return [weak = weak_from_this(), &worker = worker_, what] {
          asio::post(worker.io, [weak, what] {
            if (const std::shared_ptr<Session> self = weak.lock()) (*self.*what)();
          });
        };
      };
      share_.emplace(common_.bodies, tell(&Session::leave), tell(&Session::try_again));
    }
    return share_->grow(wanted);
  }
  void try_again() {
    if (waits_) advance();
  }
  // Others want the memory that this body keeps by not coming to its end.
  void leave() {
    if (!share_ || !share_->asked()) return;
    common_.metrics.rejected(Rejection::memory);
    finish();
  }

  bool expects_continue() const {
    const auto expect = parser_->get()[http::field::expect];
    return boost::beast::iequals(expect, "100-continue");
  }
  void go_on() {
    output_ = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(*tls_, asio::buffer(output_), [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->finish();
      self->advance();
    });
  }

  void handle() {
    if (share_) share_->settle();
    const auto& request = parser_->get();
    proven_ = true;
    begun_ = Clock::now();
    keep_ = request.keep_alive();
    ++common_.metrics.in_flight;
    ++review_;
    const std::chrono::milliseconds longest = std::chrono::hours(1);
    patience_ = patience({request.target().data(), request.target().size()}).value_or(longest);
    // The answer is there before the API server's own time is up, which the body has taken its part of.
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(begun_ - arrived_);
    enter(Phase::review, std::min(common_.options.review_timeout, std::max(patience_ * 4 / 5 - taken, std::chrono::milliseconds(0))));
    Weight weight = Weight::nothing;
    Answer answer = guarded([&] {
      admission_ = std::make_shared<Admission>(parser_->get().body().take());
      weight = common_.reviewer.weigh(*admission_);
      return weight == Weight::nothing ? common_.reviewer.judge(*admission_) : Answer{};
    });
    if (weight == Weight::nothing) return deliver(std::move(answer));
    submit(weight);
  }

  void submit(Weight weight) {
    const auto post = [self = shared_from_this(), review = review_](Answer answer) {
      asio::post(self->worker_.io, [self, review, answer = std::move(answer)]() mutable {
        if (review == self->review_) self->deliver(std::move(answer));
      });
    };
    abandoned_ = std::make_shared<std::atomic<bool>>(false);
    const auto run = [this, post, admission = admission_, abandoned = abandoned_] {
      if (!*abandoned) post(guarded([&] { return common_.reviewer.judge(*admission); }));
    };
    Pool& pool = weight == Weight::heavy ? *common_.heavy : *common_.light;
    if (pool.submit({run, [post] { post(failure("two threads have ended over it")); }})) return;
    common_.metrics.rejected(Rejection::queue_full);
    deliver(unavailable("too many reviews wait"));
  }

  // The thread that is at it comes to its end; nobody hears of it.
  void give_up() {
    *abandoned_ = true;
    ++common_.metrics.given_up;
    const auto seconds = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_).count();
    deliver(guarded(
        [&] { return common_.reviewer.give_up(*admission_, "it could not be checked within " + std::to_string(seconds) + " ms"); }));
  }

  // Whether nobody waits for the answer any more.
  bool forsaken(Clock::duration time) {
    if (time > patience_) return true;
    pollfd one{lowest().native_handle(), POLLRDHUP, 0};
    return time > least_wait && ::poll(&one, 1, 0) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
  }

  void deliver(Answer answer) {
    --common_.metrics.in_flight;
    ++review_;
    admission_.reset();
    share_.reset();
    const auto time = Clock::now() - begun_;
    if (finished_ || forsaken(Clock::now() - arrived_)) {
      ++common_.metrics.forsaken;
      log(answer.record, time, true);
      return finish();
    }
    if (answer.status < 500) {
      common_.metrics.reviewed(answer.record, time);
      if (answer.record.verdict != Verdict::ignored) log(answer.record, time, false);
    } else if (answer.status == 500) {
      common_.log.event("error", "review failed", {{"error", answer.record.reason}});
    }
    write(answer, keep_ && !common_.draining);
  }

  void log(const Record& record, Clock::duration time, bool forsaken) {
    std::string line = log_line(record, common_.options.log_contents);
    std::string more = forsaken ? ",\"abandoned\":true" : "";
    more += ",\"microseconds\":" + std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) + '}';
    line.replace(line.size() - 1, 1, more);
    common_.log.line(std::move(line));
  }

  // The rest of the request is not wanted.
  void refuse(unsigned status, std::string why) {
    waits_ = false;
    share_.reset();
    if (status == 400 || status == 431) common_.metrics.rejected(Rejection::bad_request);
    if (status == 404 || status == 405) common_.metrics.rejected(Rejection::other_path);
    if (status == 413) common_.metrics.rejected(Rejection::too_large);
    if (status == 413 || status == 503)
      common_.log.event("warning", "review not read", {{"status", std::to_string(status)}, {"error", why}});
    Answer answer;
    answer.status = status;
    answer.body = std::move(why) + '\n';
    write(answer, false);
    unread_ = true;
  }

  void write(const Answer& answer, bool keep) {
    common_.metrics.answered(answer.status);
    enter(Phase::answer, common_.options.timeout);
    output_ = message(answer.status, answer.body, keep);
    asio::async_write(*tls_, asio::buffer(output_), [self = shared_from_this(), keep](Error error, std::size_t) {
      if (error) return self->finish();
      if (self->unread_) return self->discard();
      if (!keep) return self->close_gently();
      self->parser_.reset();
      if (self->buffer_.size() == 0) self->buffer_.shrink_to_fit();
      self->advance();
    });
  }

  // Closed with bytes unread, a connection is reset, and the answer with it.
  void discard() {
    if (discarded_ == 0) {
      Error ignored;
      lowest().shutdown(tcp::socket::shutdown_send, ignored);
      enter(Phase::closing, close_within);
      buffer_.consume(buffer_.size());
    }
    tls_->next_layer().async_read_some(buffer_.prepare(64U << 10U), [self = shared_from_this()](Error error, std::size_t size) {
      self->discarded_ += size;
      if (error || self->discarded_ > max_discarded) return self->finish();
      self->discard();
    });
  }

  Worker& worker_;
  Common& common_;
  tcp::socket socket_;
  std::shared_ptr<ssl_ctx_st> identity_;
  std::optional<asio::ssl::context> context_;
  std::optional<asio::ssl::stream<tcp::socket>> tls_;
  boost::beast::flat_buffer buffer_;
  std::optional<RequestParser> parser_;
  std::string output_;
  std::shared_ptr<Admission> admission_;  // of the review that is under way
  std::shared_ptr<std::atomic<bool>> abandoned_;
  std::uint64_t review_ = 0;  // a number for each, and one for the time between two
  std::chrono::milliseconds patience_{};
  Clock::time_point deadline_{};
  Clock::time_point arrived_{}, begun_{};   // the request's first byte, and its last
  std::optional<BodyMemory::Share> share_;  // of a large body
  std::size_t discarded_ = 0;
  Phase phase_ = Phase::silent;
  bool proven_ = false;  // has had a review
  bool keep_ = true, unread_ = false, finished_ = false;
  bool waits_ = false;  // for memory
};

Worker::Worker(Common& c, std::size_t most) : common(c), most_(most), beat_(Clock::now()) { sweep(); }
Worker::~Worker() = default;

void Worker::admit(tcp::socket socket) {
  if (sessions_.size() >= most_ && !make_room()) {
    common.metrics.rejected(Rejection::crowded);
    return;
  }
  Error ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto session = std::make_shared<Session>(*this, std::move(socket));
  session->place = sessions_.insert(sessions_.end(), session);
  session->start();
}

bool Worker::make_room() {
  // Who has had no review yet goes before who has.
  auto victim = std::find_if(sessions_.begin(), sessions_.end(), [](const auto& s) { return !s->proven() && s->may_go(); });
  if (victim == sessions_.end()) victim = std::find_if(sessions_.begin(), sessions_.end(), [](const auto& s) { return s->may_go(); });
  if (victim == sessions_.end()) return false;
  common.metrics.rejected(Rejection::crowded);
  const std::shared_ptr<Session> session = *victim;
  session->finish();
  return true;
}

void Worker::close_idle() {
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    const std::shared_ptr<Session> session = *at++;
    if (session->resting()) session->close_gently();
  }
}

void Worker::remove(std::list<std::shared_ptr<Session>>::iterator session) { sessions_.erase(session); }

void Worker::sweep() {
  const Clock::time_point now = Clock::now();
  beat_ = now;
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    const std::shared_ptr<Session> session = *at++;
    session->expire(now);
  }
  clock_.expires_after(clock_tick);
  clock_.async_wait([this](Error error) {
    if (!error) sweep();
  });
}

}  // namespace corefile::webhook
