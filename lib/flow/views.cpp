// SPDX-License-Identifier: Apache-2.0
// plugin/view/view.go, plugin/pkg/expression, plugin/metadata
#include "flow/views.hpp"

#include <fmt/format.h>

#include "flow/expressions.hpp"
#include "flow/plugins/kubernetes.hpp"
#include "go/net.hpp"
#include "plugins/setup/expression.hpp"

namespace corefile::flow_detail {
namespace {

using go::Value;

/// A server's address without scheme: `127.0.0.1` for a wildcard one, as the machine itself would reach it.
std::pair<std::string, std::string> local_address(std::string_view server) {
  const std::size_t scheme = server.find("://");
  if (scheme != std::string_view::npos) server.remove_prefix(scheme + 3);
  const auto parts = go::split_host_port(server);
  if (!parts) return {};
  return {parts->host.empty() ? "127.0.0.1" : std::string(parts->host), std::string(parts->port)};
}

// Header and question, and an OPT record.
std::int64_t size_of(const Request& request) {
  constexpr std::int64_t header = 12, question = 4, opt = 11;
  const auto name = static_cast<std::int64_t>(request.name == "." ? 1 : request.name.size() + 1);
  return header + name + question + (request.edns_size > 0 ? opt : 0);
}

// request.Request.Size: the client's buffer.
std::int64_t buffer_of(const Request& request, bool tcp) {
  constexpr std::int64_t least = 512, largest = 65535;
  if (tcp) return largest;
  return std::max<std::int64_t>(request.edns_size, least);
}

std::optional<Value> in_network(std::span<const Value> arguments) {
  if (arguments.size() != 2) return Value::unknown();
  const auto ip = go::parse_ip(arguments[0].text);
  const auto net = go::parse_cidr(arguments[1].text);
  if (!ip || !net) return {};
  return Value::of(ip->is4 == net->network.is4 && go::masked(*ip, net->ones).bytes == net->network.bytes);
}

}  // namespace

go::ExprVersion expression_version(Release release) noexcept { return plugins::expression::version(release); }

Value metadata_value(Walk& walk, const Block& block, const Request& request, const Context& context, std::string_view label) {
  if (!context.metadata) return Value::of(std::string());
  if (label == "view/name") return Value::of(context.published_view);
  const bool kubernetes = label.starts_with("kubernetes/");
  const Handler* handler = kubernetes ? walk.model().handler(block, Plugin::kubernetes) : nullptr;
  if (handler != nullptr) {
    const auto& settings = *static_cast<const Kubernetes*>(handler->settings.get());
    const bool client = label == "kubernetes/client-namespace" || label == "kubernetes/client-pod-name";
    if (!client || settings.pods != Kubernetes::Pods::verified) return client ? Value::of(std::string()) : Value::unknown();
    Request copy = request;
    Turn turn(walk, block, 0, 0, 0, copy, context);
    const std::vector<const Cluster::Pod*> pods = Clustered(turn, settings).pods_with(plain_address(walk.query().client));
    if (pods.empty()) return Value::of(std::string());
    return Value::of(label.ends_with("namespace") ? pods.front()->space : pods.front()->name);
  }
  return kubernetes ? Value::of(std::string()) : Value::unknown();
}

go::ExprEnvironment expression_environment(Walk& walk, const Block& block, const Request& request, const Context& context) {
  go::ExprEnvironment environment;
  environment.call = [&walk, &block, &request, &context](std::string_view name, std::span<const Value> arguments) -> std::optional<Value> {
    const Query& query = walk.query();
    if (name == "incidr") return in_network(arguments);
    if (name == "metadata" && arguments.size() == 1) return metadata_value(walk, block, request, context, arguments[0].text);
    if (name == "type") return Value::of(request.type);
    if (name == "name") return Value::of(request.lower);
    if (name == "class") return Value::of(request.klass);
    if (name == "proto") return Value::of(std::string(walk.tcp() ? "tcp" : "udp"));
    if (name == "client_ip") return Value::of(plain_address(query.client));
    if (name == "port") return Value::of(std::to_string(query.client_port));
    if (name == "server_ip") return Value::of(local_address(walk.server().address).first);
    if (name == "server_port") return Value::of(local_address(walk.server().address).second);
    if (name == "do") return Value::of(request.dnssec);
    if (name == "opcode") {
      return Value::of(std::int64_t{request.opcode == "QUERY" ? 0 : request.opcode == "NOTIFY" ? 4 : request.opcode == "UPDATE" ? 5 : 2});
    }
    if (name == "size") return Value::of(size_of(request));
    if (name == "bufsize") return Value::of(buffer_of(request, walk.tcp()));
    return Value::unknown();
  };
  return environment;
}

bool is_true(const go::ExprResult& result, std::string_view expression, std::string_view owner, Walk& walk) {
  if (result.failed) return false;
  if (!result.value.is(Value::Kind::unknown)) return result.value.is(Value::Kind::boolean) && result.value.boolean;
  const auto& told = walk.world().expression;
  const std::optional<bool> known = told ? told(expression) : std::nullopt;
  if (!known) walk.depend(fmt::format("the {}'s expression `{}`", owner, expression));
  return known.value_or(false);
}

bool view_passes(const View& view, Walk& walk, const Block& block, const Request& request, const Context& context) {
  const go::ExprEnvironment environment = expression_environment(walk, block, request, context);
  for (const std::string& expression : view.expressions) {
    const go::ExprResult result = go::run_expr(expression, environment, expression_version(walk.model().release));
    if (!is_true(result, expression, "view", walk)) return false;
  }
  return true;
}

}  // namespace corefile::flow_detail
