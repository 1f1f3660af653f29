// SPDX-License-Identifier: Apache-2.0
#include "flags.hpp"

#include <utility>

#include "app.hpp"
#include "command_line.hpp"

namespace corefile::webhook {
namespace {

using app::many;
using app::one;

void describe(CLI::App& app, Arguments& to) {
  one(app, "--listen", to.listen);
  one(app, "--metrics-listen", to.metrics_listen);
  one(app, "--tls-cert", to.tls_cert);
  one(app, "--tls-key", to.tls_key);
  one(app, "--client-ca", to.client_ca);
  many(app, "--client-name", to.client_names);
  one(app, "--enforce", to.enforce);
  one(app, "--unchecked", to.unchecked);
  one(app, "--outside", to.outside);
  one(app, "--override", to.override);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--cluster-domain", to.cluster_domain);
  one(app, "--config", to.config);
  one(app, "--main-corefile", to.main_corefile);
  one(app, "--custom-folder", to.custom_folder);
  one(app, "--main-namespace", to.main_namespace);
  many(app, "--configmap", to.configmaps);
  many(app, "--label", to.labels);
  one(app, "--threads", to.threads);
  one(app, "--heavy-threads", to.heavy_threads);
  one(app, "--queue", to.queue);
  one(app, "--max-connections", to.max_connections);
  one(app, "--max-body", to.max_body);
  one(app, "--review-timeout", to.review_timeout);
  one(app, "--timeout", to.timeout);
  one(app, "--idle-timeout", to.idle_timeout);
  one(app, "--drain-delay", to.drain_delay);
  one(app, "--drain-timeout", to.drain_timeout);
  one(app, "--review", to.review);
  one(app, "--audit", to.audit);
  one(app, "--probe", to.probe);
  one(app, "--service-account", to.service_account);
  app.add_flag("--log-contents", to.log_contents);
  app.add_flag("--check", to.check);
  app.add_flag("--version", to.version);
  app.add_flag("-h,--help", to.help);
}

void in_range(const char* option, std::size_t value, std::size_t least, std::size_t most) {
  if (value >= least && value <= most) return;
  throw app::UsageError(std::string(option) + ": " + std::to_string(value) + " is not within " + std::to_string(least) + " and " +
                        std::to_string(most));
}

}  // namespace

std::vector<std::string> option_names() {
  Arguments arguments;
  CLI::App app;
  app.set_help_flag();
  describe(app, arguments);
  return app::option_names(app);
}

Arguments parse_arguments(std::vector<std::string> words) {
  Arguments arguments;
  CLI::App app;
  app.set_help_flag();
  describe(app, arguments);
  app::parse_words(app, std::move(words));
  if (!arguments.client_names.empty() && arguments.client_ca.empty())
    throw app::UsageError("--client-name: needs --client-ca, which says whose certificates are taken");
  in_range("--threads", arguments.threads, 0, 256);
  in_range("--heavy-threads", arguments.heavy_threads, 1, 256);
  in_range("--queue", arguments.queue, 1, 100'000);
  in_range("--max-connections", arguments.max_connections, 1, 100'000);
  in_range("--max-body", arguments.max_body, 1024, 64U << 20U);
  in_range("--review-timeout", arguments.review_timeout, 1, 30);
  in_range("--timeout", arguments.timeout, 1, 3600);
  in_range("--idle-timeout", arguments.idle_timeout, 1, 3600);
  in_range("--drain-delay", arguments.drain_delay, 0, 3600);
  in_range("--drain-timeout", arguments.drain_timeout, 0, 3600);
  return arguments;
}

}  // namespace corefile::webhook
