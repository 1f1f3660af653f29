// SPDX-License-Identifier: Apache-2.0

// hash RELEASE FILE… prints what a release's plugin reload logs of each Corefile when CoreDNS starts: `RELEASE NAME Running configuration …`.
// It is built for that release, with some of its plugins, by ../record.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"unsafe"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/loop"
	_ "github.com/coredns/coredns/plugin/metrics"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/whoami"
)

var running = regexp.MustCompile(`Running configuration \w+ = \w+`)

// hidden is a pointer to a field that caddy keeps to itself.
func hidden(instance *caddy.Instance, field string) unsafe.Pointer {
	return unsafe.Pointer(reflect.ValueOf(instance).Elem().FieldByName(field).UnsafeAddr())
}

func logged(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	instance := &caddy.Instance{Storage: map[interface{}]interface{}{}}
	*(*string)(hidden(instance, "serverType")) = "dns"
	input := caddy.CaddyfileInput{Filepath: path, Contents: text, ServerTypeName: "dns"}
	*(*caddy.Input)(hidden(instance, "caddyfileInput")) = input
	if err := caddy.ValidateAndExecuteDirectives(input, instance, false); err != nil {
		return err.Error()
	}
	var out bytes.Buffer
	log.SetOutput(&out)
	caddy.EmitEvent(caddy.InstanceStartupEvent, instance)
	return running.FindString(out.String())
}

func main() {
	caddy.Quiet = true
	dnsserver.Quiet = true
	for _, path := range os.Args[2:] {
		fmt.Println(os.Args[1], filepath.Base(path), logged(path))
	}
}
