// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy.hpp"

/// The command line. Its settings are the ones for what the configuration file leaves out.
namespace corefile::webhook {

struct Arguments {
  std::string listen = ":8443";
  std::string metrics_listen = ":8080";
  std::string tls_cert, tls_key, client_ca;
  std::string enforce = "errors";
  std::string coredns, kubernetes, cluster_domain;
  std::string config, main_corefile, custom_folder, main_namespace;
  std::vector<std::string> configmaps, labels, client_names;
  std::size_t threads = 0;  ///< 0: as many as processors, at least 2
  std::size_t queue = 64;
  std::size_t max_connections = 512;
  std::size_t max_body = 40U << 20U;
  std::string unchecked = "deny", outside = "warn", override = "reason";
  std::size_t heavy_threads = 2;
  std::uint32_t review_timeout = 3;                                                     // seconds
  std::uint32_t timeout = 10, idle_timeout = 120, drain_delay = 5, drain_timeout = 20;  // seconds
  std::string review, audit, probe;
  std::string service_account = "/var/run/secrets/kubernetes.io/serviceaccount";
  bool log_contents = false, check = false, help = false, version = false;
};

/// Throws app::UsageError.
Arguments parse_arguments(std::vector<std::string> words);
std::vector<std::string> option_names();
std::string_view help() noexcept;

/// The command line's settings, and the file's over them. Throws app::Trouble.
Settings read_settings(const Arguments& arguments);

}  // namespace corefile::webhook
