module corefile.example/peers/webhook

go 1.20

require github.com/coredns/caddy v1.1.4
