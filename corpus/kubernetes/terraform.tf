# The cluster's DNS.
resource "kubernetes_config_map_v1_data" "coredns" {
  metadata {
    name      = "coredns"
    namespace = "kube-system"
  }
  force = true
  data = {
    Corefile = <<-EOT
      .:53 {
          errors
          health
          ready
          kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
          }
          forward . /etc/resolv.conf {
              max_concurent 1000
          }
          cache 30s
          loop
          reload
      }
    EOT
  }
}

resource "helm_release" "dns" {
  values = [<<-YAML
    servers:
    - zones:
      - zone: .
      port: 53
      plugins:
      - name: health
      - name: ready
      - name: forwardd
        parameters: . 10.0.0.53
  YAML
  ]
}
