{{- define "corefile-webhook.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "corefile-webhook.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "corefile-webhook.labels" -}}
{{ include "corefile-webhook.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "corefile-webhook.secret" -}}
{{- .Values.certificate.secretName | default (printf "%s-tls" (include "corefile-webhook.name" .)) -}}
{{- end -}}

{{- define "corefile-webhook.host" -}}
{{- printf "%s.%s.svc" (include "corefile-webhook.name" .) .Release.Namespace -}}
{{- end -}}

{{- define "corefile-webhook.image" -}}
{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}
{{- printf "%s%s%s" .Values.image.repository (ternary "" ":" (hasPrefix "@" $tag)) $tag -}}
{{- end -}}

{{- /* A CEL list of strings. */ -}}
{{- define "corefile-webhook.list" -}}
{{- $quoted := list -}}
{{- range . }}{{ $quoted = append $quoted (squote .) }}{{ end -}}
[{{ join ", " $quoted }}]
{{- end -}}

{{- /* Of the cluster, not of a namespace: two releases must not have one. */ -}}
{{- define "corefile-webhook.configuration" -}}
{{- $name := include "corefile-webhook.name" . -}}
{{ $name }}{{ if ne .Release.Namespace $name }}-{{ .Release.Namespace }}{{ end }}
{{- end -}}

{{- define "corefile-webhook.namespaces" -}}
{{- if eq (len .Values.namespaces) 1 -}}
matchLabels:
  kubernetes.io/metadata.name: {{ first .Values.namespaces }}
{{- else -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: In
    values: {{- toYaml .Values.namespaces | nindent 6 }}
{{- end -}}
{{- end -}}

{{- /* `off` is a boolean to Helm. */ -}}
{{- define "corefile-webhook.config" -}}
{{- regexReplaceAll "(?m): false$" (toYaml .Values.config) ": \"off\"" -}}
{{- end -}}

{{- define "corefile-webhook.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "corefile-webhook.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "corefile-webhook.hook" -}}
helm.sh/hook: test
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end -}}
