// SPDX-License-Identifier: Apache-2.0

// Slips of the hand in manifests, and what kubectl's YAML library says of each: `go run . > ../../manifest/slips.txt`.
// A line is FILE OFFSET REMOVED "INSERTED" VERDICT, with tabs between; the verdict is `ok`, `no kind` (kubectl
// refuses what has none, whatever it is) or `refused: WHY`.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

var errNoKind = errors.New("Object 'Kind' is missing")

type slip struct {
	offset, removed int
	inserted        string
}

func (s slip) apply(text string) string {
	return text[:s.offset] + s.inserted + text[s.offset+s.removed:]
}

// As kubectl reads a file: documents are parted by lines of `---`, each is made JSON of.
// (k8s.io/apimachinery, pkg/util/yaml/decoder.go)
func judge(text string) error {
	for _, document := range documents(text) {
		json, err := yaml.YAMLToJSON([]byte(document))
		if err != nil {
			return err
		}
		// The library reads the first document of several; kubectl wants to know what each is.
		if !bytes.Contains(json, []byte(`"kind"`)) {
			return errNoKind
		}
	}
	return nil
}

func documents(text string) []string {
	var out []string
	var current strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.HasPrefix(line, "---") && strings.TrimRight(line[3:], " \t\r\n") == "" {
			out = append(out, current.String())
			current.Reset()
			continue
		}
		current.WriteString(line)
	}
	return append(out, current.String())
}

// What a hand does to one line.
func slips(text string) []slip {
	var out []slip
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		body := strings.TrimRight(line, "\r\n")
		indent := len(body) - len(strings.TrimLeft(body, " "))
		add := func(offset, removed int, inserted string) { out = append(out, slip{at + offset, removed, inserted}) }
		if strings.TrimSpace(body) != "" {
			add(0, 0, " ")
			add(0, 0, "  ")
			if indent > 0 {
				add(0, 1, "")
				add(0, min(2, indent), "")
				add(0, indent, "")
				add(0, indent, "\t")
			} else {
				add(0, 0, "\t")
			}
			if colon := strings.Index(body, ":"); colon >= 0 {
				add(colon, 1, "")
				add(colon, 1, " :")
				if colon+1 < len(body) && body[colon+1] == ' ' {
					add(colon+1, 1, "")
				}
			}
			if quote := strings.IndexAny(body, `"'`); quote >= 0 {
				add(quote, 1, "")
			}
			if strings.HasSuffix(body, "|") {
				add(len(body)-1, 1, "")
				add(len(body)-1, 1, "| x")
				add(len(body)-1, 1, ">")
			}
			add(0, len(line), "")
			add(len(body), 0, ":")
		}
		at += len(line)
	}
	return out
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	root := filepath.Join("..", "..", "..", "corpus", "kubernetes")
	for _, name := range []string{"kubeadm-default.yaml", "stub-domains.yaml", "quoted.yaml", "k3s.yaml", "aks.yaml"} {
		bytesRead, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		text := string(bytes.ReplaceAll(bytesRead, []byte("\r\n"), []byte("\n")))
		for _, one := range slips(text) {
			verdict := "ok"
			if err := judge(one.apply(text)); errors.Is(err, errNoKind) {
				verdict = "no kind"
			} else if err != nil {
				verdict = "refused: " + strings.ReplaceAll(err.Error(), "\n", " ")
			}
			fmt.Fprintf(out, "%s\t%d\t%d\t%q\t%s\n", name, one.offset, one.removed, one.inserted, verdict)
		}
	}
}
