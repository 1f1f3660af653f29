module example.invalid/corefile/tests/oracle

go 1.25.0

require (
	github.com/coredns/caddy v1.1.4
	github.com/coredns/coredns v1.15.0
	gopkg.in/yaml.v3 v3.0.1
)
