// SPDX-License-Identifier: Apache-2.0

// Command webhook is an admission webhook as it is usually written in Go, over the parser that CoreDNS itself uses: it denies
// what caddyfile.Parse refuses, and looks at nothing else.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/coredns/caddy/caddyfile"
)

// The fields are those of k8s.io/api: admission/v1 and core/v1.
type kind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

type resource struct {
	Group    string `json:"group"`
	Version  string `json:"version"`
	Resource string `json:"resource"`
}

type userInfo struct {
	Username string              `json:"username,omitempty"`
	UID      string              `json:"uid,omitempty"`
	Groups   []string            `json:"groups,omitempty"`
	Extra    map[string][]string `json:"extra,omitempty"`
}

type request struct {
	UID                string          `json:"uid"`
	Kind               kind            `json:"kind"`
	Resource           resource        `json:"resource"`
	SubResource        string          `json:"subResource,omitempty"`
	RequestKind        *kind           `json:"requestKind,omitempty"`
	RequestResource    *resource       `json:"requestResource,omitempty"`
	RequestSubResource string          `json:"requestSubResource,omitempty"`
	Name               string          `json:"name,omitempty"`
	Namespace          string          `json:"namespace,omitempty"`
	Operation          string          `json:"operation"`
	UserInfo           userInfo        `json:"userInfo"`
	Object             json.RawMessage `json:"object,omitempty"`
	OldObject          json.RawMessage `json:"oldObject,omitempty"`
	DryRun             *bool           `json:"dryRun,omitempty"`
	Options            json.RawMessage `json:"options,omitempty"`
}

type status struct {
	Status  string `json:"status,omitempty"`
	Message string `json:"message,omitempty"`
	Code    int    `json:"code,omitempty"`
}

type response struct {
	UID     string  `json:"uid"`
	Allowed bool    `json:"allowed"`
	Status  *status `json:"status,omitempty"`
}

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

type managedFields struct {
	Manager     string          `json:"manager,omitempty"`
	Operation   string          `json:"operation,omitempty"`
	APIVersion  string          `json:"apiVersion,omitempty"`
	Time        *time.Time      `json:"time,omitempty"`
	FieldsType  string          `json:"fieldsType,omitempty"`
	FieldsV1    json.RawMessage `json:"fieldsV1,omitempty"`
	Subresource string          `json:"subresource,omitempty"`
}

type configMap struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Metadata   struct {
		Name              string            `json:"name,omitempty"`
		GenerateName      string            `json:"generateName,omitempty"`
		Namespace         string            `json:"namespace,omitempty"`
		UID               string            `json:"uid,omitempty"`
		ResourceVersion   string            `json:"resourceVersion,omitempty"`
		CreationTimestamp time.Time         `json:"creationTimestamp,omitempty"`
		Labels            map[string]string `json:"labels,omitempty"`
		Annotations       map[string]string `json:"annotations,omitempty"`
		ManagedFields     []managedFields   `json:"managedFields,omitempty"`
	} `json:"metadata,omitempty"`
	Immutable  *bool             `json:"immutable,omitempty"`
	Data       map[string]string `json:"data,omitempty"`
	BinaryData map[string][]byte `json:"binaryData,omitempty"`
}

func validate(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 3<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	var in review
	if err := json.Unmarshal(body, &in); err != nil || in.Request == nil {
		http.Error(w, "no AdmissionReview", http.StatusBadRequest)
		return
	}
	var object configMap
	if err := json.Unmarshal(in.Request.Object, &object); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer := response{UID: in.Request.UID, Allowed: true}
	if _, err := caddyfile.Parse("Corefile", strings.NewReader(object.Data["Corefile"]), nil); err != nil {
		answer.Allowed = false
		answer.Status = &status{Status: "Failure", Message: err.Error(), Code: http.StatusForbidden}
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(review{APIVersion: in.APIVersion, Kind: in.Kind, Response: &answer}); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// webhook CERTIFICATE KEY: says where it listens on standard error.
func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		fmt.Fprintf(os.Stderr, "{\"msg\":\"listening\",\"address\":%q}\n", listener.Addr())
		http.HandleFunc("/validate", validate)
		err = http.ServeTLS(listener, nil, os.Args[1], os.Args[2])
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
