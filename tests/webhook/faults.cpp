// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <future>
#include <random>

#include "child.hpp"
#include "client.hpp"
#include "load.hpp"
#include "pool_faults.hpp"

/// corefile-webhook under clients that mean ill and administrators that mean well. No review may be lost or answered wrongly.
namespace webhook_test {
namespace {

namespace fs = std::filesystem;

#if defined(SANITIZED)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

int failures = 0;
void expect(bool well, std::string_view what) {
  if (well) return;
  ++failures;
  fmt::print("  FAILED: {}\n", what);
}
void expect_memory(const Child& child, double most) {
  const double peak = child.peak_memory();
  fmt::print("  memory at most {:.1f} MiB (bound {:.0f})\n", peak, most);
  expect(sanitized || peak <= most, "memory is bounded");
}
void expect_all_right(Load& load) {
  load.stop();
  fmt::print("  {} reviews beside it, {} wrong, {} lost\n", load.right(), load.wrong.load(), load.lost.load());
  expect(load.right() > 0 && load.wrong == 0 && load.lost == 0, "no review is lost or wrong");
}

struct Server {
  /// Patient, but for what `more` says: however slow the machine, an honest client has time enough.
  explicit Server(const std::string& program, const std::vector<std::string>& more = {}) {
    write_key(make_key(1), folder.path);
    std::vector<std::string> arguments{"--tls-cert", folder.path + "/tls.crt", "--tls-key", folder.path + "/tls.key"};
    for (const auto& [option, value] : {std::pair("--timeout", "300"), std::pair("--review-timeout", "30")}) {
      if (std::find(more.begin(), more.end(), option) == more.end()) arguments.insert(arguments.end(), {option, value});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    child.emplace(program, arguments);
  }
  Folder folder;
  std::optional<Child> child;
};

// What came is taken or turned away, and nothing is on its way any more.
void wait_for_connections(const Child& child, double count) {
  while (child.metric("corefile_webhook_connections") + child.metric("corefile_webhook_rejected_connections_total{reason=\"crowded\"}") <
         count) {
  }
}

// As many as this process may have.
std::size_t raise_descriptors(std::size_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return std::min<std::size_t>(wanted, limit.rlim_cur > 1000 ? limit.rlim_cur - 1000 : 100);
}

// The first bytes that a TLS client sends.
std::string client_hello() {
  const std::shared_ptr<SSL_CTX> context = client_context();
  const std::shared_ptr<SSL> ssl(SSL_new(context.get()), SSL_free);
  BIO* out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
  SSL_connect(ssl.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  return {data, static_cast<std::size_t>(size)};
}

/// Connections that stop at every stage of a review.
struct Slow {
  Slow(std::uint16_t port, std::size_t count) {
    const std::string hello = client_hello();
    const std::string request = post(question(0).review);
    const std::shared_ptr<SSL_CTX> context = client_context();
    for (std::size_t i = 0; i < count; ++i) {
      if (i % 20 < 2) {
        connections.emplace_back(port, context);
        opened += connections.back().socket().connected() ? 1 : 0;
        connections.back().send(request.substr(0, i % 20 == 0 ? 40 : request.size() / 2));
        continue;
      }
      sockets.emplace_back(port);
      opened += sockets.back().connected() ? 1 : 0;
      if (i % 20 < 10) sockets.back().send(hello.substr(0, i % 20 == 2 ? 1 : hello.size() / 2));
    }
  }
  std::size_t opened = 0;
  std::vector<Connection> connections;
  std::vector<Socket> sockets;
};

void slow_connections(const std::string& program, std::size_t wanted, bool held) {
  std::size_t count = raise_descriptors(sanitized ? wanted / 10 : wanted);
  if (count < wanted)
    fmt::print("  only {} of {}: {}\n", count, wanted, sanitized ? "sanitizers are on" : "more descriptors are not allowed");
  std::vector<std::string> more;
  if (held) more.insert(more.end(), {"--max-connections", std::to_string(count + 100)});
  Server server(program, more);
  Load load(server.child->port(), Load::Style::keep_alive, 1);
  load.wait_for(1);
  const Slow slow(server.child->port(), count);
  expect(slow.opened == count, fmt::format("{} of {} connections were taken", slow.opened, count));
  const auto most = static_cast<double>(count);
  wait_for_connections(*server.child, most + 1);
  if (held) {
    while (server.child->metric("corefile_webhook_connections") < most) {
    }
  }
  fmt::print("  {} slow connections came, {} are open\n", slow.opened, server.child->metric("corefile_webhook_connections"));
  for (int i = 0; i < 20; ++i) expect(answers(server.child->port()), "a new connection is answered");
  load.wait_for(5);
  expect_all_right(load);
  if (!held && count > 1000) {
    expect(server.child->metric("corefile_webhook_connections") <= 600, "connections are bounded");
    expect(server.child->metric("corefile_webhook_rejected_connections_total{reason=\"crowded\"}") >= most - 1000, "they are counted");
  }
  expect_memory(*server.child, held ? 700 : 128);
}
void slow_evicted(const std::string& program) { slow_connections(program, 10'000, false); }
void slow_held(const std::string& program) { slow_connections(program, 10'000, true); }

void half_bodies(const std::string& program) {
  Server server(program, {"--timeout", "3"});
  const std::uint16_t port = server.child->port();
  Load load(port, Load::Style::keep_alive, 1);
  load.wait_for(1);
  const std::shared_ptr<SSL_CTX> context = client_context();
  const Question asked = question(0);
  const std::string request = post(asked.review);
  std::vector<Connection> halves;
  for (std::size_t i = 1; i <= 100; ++i) {
    halves.emplace_back(port, context);
    halves.back().send(request.substr(0, request.size() * i / 101));
    Connection gone(port, context);
    gone.send(request.substr(0, request.size() * i / 101));
  }
  for (const Connection& half : halves) expect(half.socket().closes(), "a request that never ends is closed");
  while (server.child->metric("corefile_webhook_rejected_connections_total{reason=\"timeout\"}") < 100) {
  }
  expect_all_right(load);

  const Server patient(program);
  Connection piecewise(patient.child->port(), context);
  for (const char c : request) piecewise.send({&c, 1});
  const std::optional<Reply> reply = piecewise.receive();
  expect(reply && reply->body == asked.answer, "a request in pieces of one byte is answered");
  Connection pipelined(patient.child->port(), context);
  pipelined.send(request + request + request.substr(0, 100));
  pipelined.send(request.substr(100));
  for (int i = 0; i < 3; ++i) {
    const std::optional<Reply> each = pipelined.receive();
    expect(each && each->body == asked.answer, "requests one behind the other are answered");
  }
}

void garbage(const std::string& program) {
  Server server(program, {"--timeout", "10"});
  const std::uint16_t port = server.child->port();
  Load load(port, Load::Style::keep_alive, 1);
  load.wait_for(1);
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(1 + random() % 2000, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (i % 2 == 0) bytes = "\x16\x03\x01" + bytes;
    const Socket socket(port);
    socket.send(bytes);
    if (i % 2 != 0) expect(socket.closes(), "what is not TLS is closed");
  }
  const Socket plain(port);
  plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(plain.closes(), "HTTP without TLS is closed");
  expect(!Connection(port, client_context(nullptr, TLS1_1_VERSION)).connected(), "TLS 1.1 is refused");
  expect(Connection(port, client_context(nullptr, TLS1_2_VERSION)).connected(), "TLS 1.2 is taken");
  for (const std::string_view text : {"\r\n\r\n\r\n", "nonsense\r\n\r\n", "POST /validate HTTP/9.9\r\n\r\n", "POST  /validate\r\n\r\n"}) {
    Connection connection(port, client_context());
    const std::optional<Reply> reply = connection.ask(text);
    expect(!reply || reply->status == 400, "what is not a request is refused");
  }
  expect_all_right(load);
}

int status_of(std::uint16_t port, const std::string& request) {
  Connection connection(port, client_context());
  const std::optional<Reply> reply = connection.ask(request);
  return reply ? reply->status : 0;
}

void oversize(const std::string& program) {
  Server server(program);
  const std::uint16_t port = server.child->port();
  Load load(port, Load::Style::keep_alive, 1);
  const std::string head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  expect(status_of(port, head + "Content-Length: 41943041\r\n\r\n{") == 413, "a body of more than 40 MiB is not read");
  expect(server.child->logged("review not read", "413"), "and that is logged");
  expect(status_of(port, head + "Content-Length: 99999999999999999999\r\n\r\n{") == 400, "a length that is not a number");
  std::string chunks = head + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 641; ++i) chunks += "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  expect(status_of(port, chunks) == 413, "nor one in pieces");
  expect(status_of(port, head + "X: " + std::string(20'000, 'x') + "\r\n\r\n") == 431, "a header of more than 16 KiB is not read");
  expect(status_of(port, post(std::string(3'000'000, '['))) == 400, "lists in lists");
  std::string nested = review_of("1", "");
  nested.replace(nested.find("\"Corefile\""), 0, [] {
    std::string text;
    for (int i = 0; i < 300'000; ++i) text += "\"a\":{";
    return text;
  }());
  expect(status_of(port, post(nested)) == 400, "objects in objects");
  expect(status_of(port, post(std::string(3'000'000, '0'))) == 400, "a long number");

  for (const std::string_view coding : {"xchunked", "chunked, identity", "identity", "gzip, chunked",
                                        "chunked\r\nTransfer-Encoding: chunked", "chunked\r\nContent-Length: 2"}) {
    Connection connection(port, client_context());
    const std::optional<Reply> reply = connection.ask(fmt::format("{}Transfer-Encoding: {}\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n", head, coding));
    expect(reply && reply->status == 400 && reply->closes, "a coding that is not known");
  }

  const auto hostile = [&](const std::string& corefile, std::string_view what) {
    const std::string review = review_of("hostile", corefile);
    Connection connection(port, client_context());
    const std::optional<Reply> reply = connection.ask(post(review));
    expect(reply && reply->status == 200 && reply->body == answer_to(review), what);
  };
  std::string braces, blocks;
  for (int i = 0; i < 100'000; ++i) braces += "a {\n";
  for (int i = 0; i < 3'000; ++i) blocks += fmt::format("z{}.example:53 {{\n    forward . 192.0.2.53\n}}\n", i);
  hostile(braces, "blocks in blocks");
  hostile(std::string(1'000'000, '{'), "one long word");
  std::vector<std::future<bool>> large;
  const std::string review = review_of("large", blocks);
  const std::string answer = answer_to(review);
  for (int i = 0; i < (sanitized ? 3 : 8); ++i) {
    large.push_back(std::async(std::launch::async, [&] {
      Connection connection(port, client_context());
      const std::optional<Reply> reply = connection.ask(post(review));
      return reply && reply->body == answer;
    }));
  }
  for (std::future<bool>& each : large) expect(each.get(), "large reviews at once");
  expect_all_right(load);
  expect_memory(*server.child, 256);
}

// Go writes `<` in six bytes.
std::string with_escapes(std::string review) {
  std::string out;
  for (const char c : review) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

void large_texts(const std::string& program) {
  Server server(program);
  const std::uint16_t port = server.child->port();
  const std::string bad = std::string("# ") + std::string(1'000'000, '<') + "\n. {\n    whoamii\n}\n";
  const std::string review = review_of("1", bad);
  Connection connection(port, client_context());
  std::optional<Reply> reply = connection.ask(post(with_escapes(review)));
  expect(reply && reply->body == answer_to(review), "a Corefile of a megabyte, written as six");
  std::string managed = review_of("1", ". {\n    whoamii\n}\n");
  const std::string plain = answer_to(managed);
  managed.insert(managed.find("\"metadata\":{") + 12, "\"managedFields\":[\"" + std::string(3U << 20U, '<') + "\"],");
  reply = connection.ask(post(with_escapes(managed)));
  expect(reply && reply->body == plain, "managedFields of three megabytes, written as eighteen");
  std::string annotated = review_of("1", "");
  annotated.insert(annotated.find("\"metadata\":{") + 12, "\"annotations\":{\"a\":\"" + std::string(5U << 20U, 'a') + "\"},");
  reply = connection.ask(post(annotated));
  expect(reply && reply->body == answer_to(annotated) && reply->body.find(": its texts take more than 4 MiB") != std::string::npos,
         "more than a ConfigMap can hold is not checked, and denied");
  expect_memory(*server.child, 96);
}

// From as much as is checked to as much: the most that a single review takes.
void one_large_review(const std::string& program) {
  Server server(program);
  std::string text = "#" + std::string(900'000, 'x') + "\n(s) {\n";
  for (int i = 0; i < 1'000; ++i) text += " {$A} {$B}\n";
  text += "}\n. {\n";
  for (int i = 0; i < 49; ++i) text += " import s\n";
  text += "}\n";
  std::string review = review_of("1", text + "# changed\n");
  const std::string before = review_of("1", text);
  const std::size_t begin = before.find("\"object\":") + 9;
  const std::string nothing = "\"oldObject\":null";
  review.replace(review.find(nothing), nothing.size(), "\"oldObject\":" + before.substr(begin, before.find(",\"oldObject\"") - begin));
  review.replace(review.find("CREATE"), 6, "UPDATE");
  Connection connection(server.child->port(), client_context());
  const std::optional<Reply> reply = connection.ask(post(review));
  expect(reply && reply->status == 200, "it is answered");
  expect_memory(*server.child, 96);
}

// Each announces as much as may be sent, sends little of it, and waits.
void announced_bodies(const std::string& program) {
  Server server(program);
  const std::uint16_t port = server.child->port();
  const std::shared_ptr<SSL_CTX> context = client_context();
  const std::string head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  std::vector<Connection> waiting;
  for (int i = 0; i < 100; ++i) {
    waiting.emplace_back(port, context);
    waiting.back().send(head + "Content-Length: 41943040\r\n\r\n{");
  }
  std::string blocks;
  for (int i = 0; i < 3'000; ++i) blocks += fmt::format("z{}.example:53 {{\n    forward . 192.0.2.53\n}}\n", i);
  const std::string review = review_of("large", blocks);
  const std::string answer = answer_to(review);
  const auto answered = [&] {
    Connection connection(port, context);
    const std::optional<Reply> reply = connection.ask(post(review));
    return reply && reply->body == answer;
  };
  for (int i = 0; i < 3; ++i) expect(answered(), "a large review beside those that announce one");
  // Now with texts that are kept, until no other fits: the one that has been coming for longest makes room.
  const std::string kept = review_of("1", std::string((2U << 20U) - 1024, 'a'));
  const auto hold = [&] {
    waiting.emplace_back(port, context);
    waiting.back().send(head + fmt::format("Content-Length: {}\r\n\r\n", kept.size()) + kept.substr(0, kept.size() - 100));
  };
  const auto held = [&] { return server.child->metric("corefile_webhook_body_memory_bytes"); };
  const auto sent_away = [&] { return server.child->metric("corefile_webhook_rejected_connections_total{reason=\"memory\"}"); };
  for (int i = 0; i < 31; ++i) hold();
  for (int i = 0; i < 4; ++i) {
    hold();
    while (held() < 32.0 * ((2U << 20U) - 2048)) {
    }
    expect(sent_away() == i, "those that fit stay");
    expect(answered(), "a large review beside those that hold memory");
    expect(sent_away() == i + 1, "and one of them had to go");
  }
  expect_memory(*server.child, 256);
}

// As kubelet does: a new folder, and the link to it turned over.
void turn_over(const std::string& folder, const Key& key, int number) {
  const std::string fresh = fmt::format("{}/..{}", folder, number);
  fs::create_directory(fresh);
  write_key(key, fresh);
  fs::create_symlink(fmt::format("..{}", number), folder + "/..new");
  fs::rename(folder + "/..new", folder + "/..data");
}

void certificate_swap(const std::string& program) {
  Server server(program);
  const std::string folder = server.folder.path;
  turn_over(folder, make_key(1), 1);
  for (const char* name : {"/tls.crt", "/tls.key"}) {
    fs::remove(folder + name);
    fs::create_symlink("..data" + std::string(name), folder + name);
  }
  const std::uint16_t port = server.child->port();
  Connection old(port, client_context());
  const Question asked = question(0);
  Load kept(port, Load::Style::keep_alive, 2);
  Load fresh(port, Load::Style::reconnect, 2);
  for (int number = 2; number < 5; ++number) {
    turn_over(folder, make_key(number), number);
    expect(server.child->logged("\"read again\"", fmt::format("serial {:02X}", number)), "the change is seen");
    expect(Connection(port, client_context()).serial() == number, "new connections are shown the new certificate");
  }
  Key wrong = make_key(9);
  wrong.key = make_key(8).key;
  turn_over(folder, wrong, 9);
  expect(server.child->logged("the old goes on", "certificate"), "a key of another certificate is refused");
  expect(Connection(port, client_context()).serial() == 4, "and the old certificate is shown");
  expect(server.child->metric("corefile_webhook_reloads_total{what=\"certificate\",result=\"failed\"}") == 1, "and counted");
  const std::optional<Reply> reply = old.ask(post(asked.review));
  expect(reply && reply->body == asked.answer && old.serial() == 1, "a connection lives on with what it began with");
  expect_all_right(kept);
  expect_all_right(fresh);
}

void sigterm(const std::string& program) {
  Server server(program, {"--drain-delay", "3", "--drain-timeout", "300"});
  const std::uint16_t port = server.child->port();
  Connection idle(port, client_context());
  expect(idle.ask(post(question(0).review)).has_value(), "a review");
  Load kept(port, Load::Style::keep_alive, 2);
  Load fresh(port, Load::Style::reconnect, 2);
  kept.wait_for(5);
  expect(get(server.child->metrics_port(), "/readyz").status == 200, "ready");
  kept.may_be_refused();
  fresh.may_be_refused();
  server.child->signal(SIGTERM);
  while (get(server.child->metrics_port(), "/readyz").status == 200) {
  }
  expect(get(server.child->metrics_port(), "/healthz").status == 200, "not ready any more, but alive");
  kept.wait_for(3);
  fresh.wait_for(3);
  expect(server.child->wait() == 0, "the exit code is 0");
  expect(idle.socket().closes(), "a connection that rests is closed");
  expect_all_right(kept);
  expect_all_right(fresh);
}

void drain_timeout(const std::string& program) {
  Server server(program, {"--drain-delay", "0", "--drain-timeout", "1"});
  Connection half(server.child->port(), client_context());
  const std::string request = post(question(0).review);
  half.send(request.substr(0, request.size() / 2));
  while (server.child->metric("corefile_webhook_connections") < 1) {
  }
  server.child->signal(SIGTERM);
  expect(server.child->wait() == 0, "a request that does not come to its end does not hold up the end");
  expect(server.child->logged("\"ended\"", "\"connections\":\"1\""), "and that is logged");
}

void unread_log(const std::string& program) {
  Server server(program, {"--drain-delay", "0"});
  server.child->stop_reading();
  Load load(server.child->port(), Load::Style::keep_alive, 2);
  load.wait_for(400);  // some 200 KB of lines, of which a pipe takes 64 KB
  expect_all_right(load);
  server.child->signal(SIGTERM);
  expect(server.child->wait() == 0, "the exit code is 0");
}

void client_certificates(const std::string& program) {
  const Folder folder;
  const Key authority = make_key(5);
  write_key(authority, folder.path);
  Server server(program, {"--client-ca", folder.path + "/tls.crt"});
  const std::uint16_t port = server.child->port();
  const Question asked = question(0);
  const auto answered = [&](const Key* own) {
    Connection connection(port, client_context(own));
    const std::optional<Reply> reply = connection.ask(post(asked.review));
    return reply && reply->body == asked.answer;
  };
  const Key stranger = make_key(6);
  expect(answered(&authority), "a client of the authority is answered");
  expect(!answered(nullptr), "one without a certificate is not");
  expect(!answered(&stranger), "one with another certificate is not");
}

void client_names(const std::string& program) {
  const Folder folder;
  const Key authority = make_key(5);
  write_key(authority, folder.path);
  Server server(program, {"--client-ca", folder.path + "/tls.crt", "--client-name", "system:apiserver", "--client-name", "front.example"});
  const Question asked = question(0);
  const auto answered = [&](const char* name) {
    const Key own = make_client(authority, name);
    Connection connection(server.child->port(), client_context(&own));
    const std::optional<Reply> reply = connection.ask(post(asked.review));
    return reply && reply->body == asked.answer;
  };
  for (const char* name : {"system:apiserver", "front.example"}) expect(answered(name), "a client of that name is answered");
  for (const char* name : {"system:apiserver2", "system", "system:kube-scheduler", "*.example", "", "x.front.example"})
    expect(!answered(name), fmt::format("`{}`, whom the same authority knows, is not", name));
}

void many_settings(const std::string& program) {
  const Folder folder;
  const auto write = [&](const std::string& text) {
    std::FILE* file = std::fopen((folder.path + "/new").c_str(), "w");
    std::fputs(text.c_str(), file);
    std::fclose(file);
    fs::rename(folder.path + "/new", folder.path + "/c.yaml");
  };
  write("enforce: errors\n");
  Server server(program, {"--config", folder.path + "/c.yaml"});
  const std::string denied = question(1).review;
  const auto allowed = [&] {
    Connection connection(server.child->port(), client_context());
    const std::optional<Reply> reply = connection.ask(post(denied));
    return reply && reply->body.find("\"allowed\":true") != std::string::npos;
  };
  expect(!allowed(), "denied");
  write("enforce: none\n");
  server.child->signal(SIGHUP);
  expect(server.child->logged("\"read again\"", "settings"), "the change is seen");
  expect(allowed(), "and heeded");
  write("enforce: nothing\n");
  expect(server.child->logged("the old goes on", "settings"), "what cannot be used is refused");
  expect(allowed(), "and the old goes on");
}

void wrong_starts(const std::string& program) {
  const Folder right, other;
  write_key(make_key(1), right.path);
  write_key(make_key(2), other.path);
  const std::string certificate = right.path + "/tls.crt";
  const auto says = [&](std::vector<std::string> arguments, int exit, std::string_view words) {
    arguments.insert(arguments.begin(), {"--tls-cert", certificate});
    const Ended ended = run(program, arguments);
    expect(ended.exit == exit && ended.said.find(words) != std::string::npos, fmt::format("exit {}: {}", ended.exit, ended.said));
  };
  says({"--tls-key", right.path + "/tls.key", "--check"}, 0, "");
  says({"--tls-key", other.path + "/tls.key", "--check"}, 2, "fits");
  says({"--tls-key", other.path + "/none", "--check"}, 2, "none");
  says({"--tls-key", certificate}, 2, "not a key");
  says({"--tls-key", right.path + "/tls.key", "--client-ca", right.path + "/tls.key"}, 2, "no certificate");
  says({"--tls-key", right.path + "/tls.key", "--client-name", "x"}, 2, "needs --client-ca");
  says({"--tls-key", right.path + "/tls.key", "--listen", "localhost"}, 2, "--listen: `localhost` is not ADDR:PORT");
  says({"--tls-key", right.path + "/tls.key", "--listen", "127.0.0.1:0", "--metrics-listen", "192.0.2.1:0"}, 2, "--metrics-listen");
  Server server(program);
  const std::string taken = fmt::format("127.0.0.1:{}", server.child->port());
  says({"--tls-key", right.path + "/tls.key", "--listen", taken}, 2, taken);
}

void few_descriptors(const std::string& program) {
  const Folder folder;
  const std::string script = folder.path + "/limited";
  std::FILE* file = std::fopen(script.c_str(), "w");
  fmt::print(file, "#!/bin/sh\nulimit -n 64\nexec '{}' \"$@\"\n", program);
  std::fclose(file);
  fs::permissions(script, fs::perms::owner_all);
  Server server(script);
  expect(server.child->logged("few file descriptors"), "it says that it cannot have as many connections");
  const Slow slow(server.child->port(), 200);
  wait_for_connections(*server.child, 200);
  for (int i = 0; i < 20; ++i) expect(answers(server.child->port()), "a new connection is answered");
  expect(get(server.child->metrics_port(), "/readyz").status == 200, "ready");
}

void expired_certificate(const std::string& program) {
  const Folder folder;
  write_key(make_key(1, -10), folder.path);
  const Ended ended = run(program, {"--check", "--tls-cert", folder.path + "/tls.crt", "--tls-key", folder.path + "/tls.key"});
  expect(ended.exit == 2 && ended.said.find("has expired") != std::string::npos, "--check sees that a certificate has expired");
}

struct Fault {
  std::string_view name;
  void (*run)(const std::string& program);
};
constexpr Fault faults[] = {{"10,000 slow connections, the default limits", slow_evicted},
                            {"10,000 slow connections, all of them held", slow_held},
                            {"half-sent requests", half_bodies},
                            {"garbage", garbage},
                            {"oversize and deeply nested", oversize},
                            {"texts that JSON makes six times as large", large_texts},
                            {"as large a review as there is", one_large_review},
                            {"bodies that are announced", announced_bodies},
                            {"certificates turned over under load", certificate_swap},
                            {"SIGTERM under load", sigterm},
                            {"SIGTERM beside a request that never ends", drain_timeout},
                            {"SIGTERM with a log that nobody reads", unread_log},
                            {"client certificates", client_certificates},
                            {"names of clients", client_names},
                            {"settings that change", many_settings},
                            {"wrong starts", wrong_starts},
                            {"few file descriptors", few_descriptors},
                            {"an expired certificate", expired_certificate},
                            {"workers that die, and a queue that is full", [](const std::string&) { failures += pool_faults(); }}};

}  // namespace
}  // namespace webhook_test

/// webhook_faults PROGRAM [WORD]: the faults whose names have the word.
int main(int argc, char** argv) {
  using namespace webhook_test;
  if (argc < 2) return 2;
  std::signal(SIGPIPE, SIG_IGN);
  for (const Fault& fault : faults) {
    if (argc > 2 && fault.name.find(argv[2]) == std::string_view::npos) continue;
    const auto begin = std::chrono::steady_clock::now();
    fmt::print("{}\n", fault.name);
    std::fflush(stdout);
    fault.run(argv[1]);
    fmt::print("  {:.1f} s\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  fmt::print("webhook.faults: {} failures\n", failures);
  return failures == 0 ? 0 : 1;
}
