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
