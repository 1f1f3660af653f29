// SPDX-License-Identifier: Apache-2.0

// Package caddyfile measures the parser that CoreDNS itself uses.
package caddyfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/coredns/caddy/caddyfile"
)

// COREFILES names the files, separated like a PATH.
func BenchmarkParse(b *testing.B) {
	for _, path := range filepath.SplitList(os.Getenv("COREFILES")) {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(path), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				if _, err := caddyfile.Parse(path, bytes.NewReader(text), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
