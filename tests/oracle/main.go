// SPDX-License-Identifier: Apache-2.0

// oracle RELEASE FOLDER writes beside each file of FOLDER what this build of CoreDNS says of the Corefiles in it. It is built for one
// release by ./record, which also gives it a world of its own: no network, a service account, a resolv.conf.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"time"
	"unsafe"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/core/plugin"
	"gopkg.in/yaml.v3"
)

// What stands in a file, a certificate, an account or the network says nothing about the text.
var outside = regexp.MustCompile(`(?i)no such file|permission denied|is a directory|connection refused|no such host|unreachable|` +
	`in-cluster|kubernetes_service_host|credentials|no such network interface|failed to (find|read|load)|unable to load|i/o timeout`)

const patience = 10 * time.Second

// judge sets the directives up and makes the servers, as at start-up; nothing listens.
func judge(name, text string) (refusal error) {
	defer func() {
		if p := recover(); p != nil {
			refusal = fmt.Errorf("panic: %v", p)
		}
	}()
	instance := &caddy.Instance{Storage: map[interface{}]interface{}{}}
	*hidden(instance, "serverType").(*string) = "dns"
	input := caddy.CaddyfileInput{Filepath: name, Contents: []byte(text), ServerTypeName: "dns"}
	if err := caddy.ValidateAndExecuteDirectives(input, instance, false); err != nil {
		return err
	}
	_, err := (*hidden(instance, "context").(*caddy.Context)).MakeServers()
	return err
}

// hidden is a pointer to a field that caddy keeps to itself, though there is no other way to the servers without starting them.
func hidden(instance *caddy.Instance, field string) interface{} {
	held := reflect.ValueOf(instance).Elem().FieldByName(field)
	return reflect.NewAt(held.Type(), unsafe.Pointer(held.UnsafeAddr())).Interface()
}

func verdict(name, text string) string {
	answer := make(chan error, 1)
	go func() { answer <- judge(name, text) }()
	select {
	case err := <-answer:
		if err == nil {
			return "loads"
		}
		words := strings.Join(strings.Fields(err.Error()), " ")
		if outside.MatchString(words) {
			return "outside: " + words
		}
		return "refused: " + words
	case <-time.After(patience):
		return "refused: no end"
	}
}

// corefiles are the texts of a file by their keys; a Corefile's own key is `-`.
func corefiles(path string) (map[string]string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, ".corefile") {
		return map[string]string{"-": string(content)}, nil
	}
	found := map[string]string{}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var document interface{}
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		collect(document, found)
	}
}

func collect(node interface{}, found map[string]string) {
	object, ok := node.(map[string]interface{})
	if !ok {
		return
	}
	if items, ok := object["items"].([]interface{}); ok {
		for _, item := range items {
			collect(item, found)
		}
	}
	data, _ := object["data"].(map[string]interface{})
	for key, value := range data {
		if text, ok := value.(string); ok && (key == "Corefile" || strings.HasSuffix(key, ".server")) {
			found[key] = text
		}
	}
}

// record replaces the release's lines in FILE.verdicts, which is sorted as it is found.
func record(path, release string) error {
	texts, err := corefiles(path)
	if err != nil {
		return nil // no YAML, so nothing that CoreDNS would get to see
	}
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	if err := os.Chdir(filepath.Dir(path)); err != nil {
		return err
	}
	var lines []string
	before, err := os.ReadFile(path + ".verdicts")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, line := range strings.Split(string(before), "\n") {
		if line != "" && !strings.HasPrefix(line, release+" ") {
			lines = append(lines, line)
		}
	}
	for _, key := range keys {
		lines = append(lines, fmt.Sprintf("%s %s %s", release, key, verdict(filepath.Base(path), texts[key])))
	}
	if len(lines) == 0 {
		return nil
	}
	return os.WriteFile(path+".verdicts", []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: oracle RELEASE FOLDER")
		os.Exit(2)
	}
	caddy.Quiet = true
	dnsserver.Quiet = true
	log.SetOutput(io.Discard)
	root, err := filepath.Abs(os.Args[2])
	if err == nil {
		err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			switch filepath.Ext(path) {
			case ".corefile", ".yaml", ".json":
				return record(path, os.Args[1])
			}
			return nil
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
