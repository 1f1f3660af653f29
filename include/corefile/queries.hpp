// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <corefile/source.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What people have at hand to ask a Flow with.
namespace corefile {

/// `NAME`, `NAME TYPE` and so on, each as in `like` otherwise. A name without a type is asked for A and AAAA, an address for its PTR
/// record. A word is a type where it stands behind a name and is one in capitals, as a release's DNS library spells it. O(words).
std::vector<Query> read_queries(std::span<const std::string> words, const Query& like = {});

/// Services, EndpointSlices, Pods and Namespaces in YAML or JSON as `kubectl get svc,endpointslices,pods,namespaces -A -o yaml` prints
/// them, added to `out` as CoreDNS watches them (plugin/kubernetes/object of 1.15.0); other objects are passed over. Returns what keeps the
/// file from being read, as `LINE: …`, and then nothing is added. O(size).
[[nodiscard]] std::optional<std::string> read_cluster(const Source& file, Cluster& out);

}  // namespace corefile
