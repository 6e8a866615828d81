{{/*
The application's configuration: every key that the chart writes stands in this file and nowhere else.
Paths here are those of the volume mounts in statefulset.yaml.
*/}}
{{- define "weir.paths.state" -}}/var/lib/weir{{- end -}}
{{- define "weir.paths.policy" -}}/etc/weir/policy{{- end -}}
{{- define "weir.paths.chance" -}}/etc/weir/chance{{- end -}}
{{- define "weir.paths.probes" -}}/etc/weir/probes{{- end -}}
{{- define "weir.paths.secrets" -}}/etc/weir/secrets{{- end -}}

{{- define "weir.properties" -}}
application.id={{ .Values.applicationId }}
kafka.bootstrap.servers={{ .Values.kafka.bootstrapServers }}
topics.prefix={{ .Values.topicsPrefix }}
{{- with .Values.sources }}
sources={{ join "," . }}
{{- end }}
{{- if or .Values.policy.inline .Values.policy.existingConfigMap }}
policy.file={{ include "weir.paths.policy" . }}/policy.yaml
{{- end }}
{{- with .Values.policy.publishers }}
policy.publishers={{ include "weir.signatories" . }}
{{- end }}
{{- with .Values.review.registrars }}
review.registrars={{ include "weir.signatories" . }}
{{- end }}
{{- with .Values.grant.issuers }}
grant.issuers={{ include "weir.signatories" . }}
{{- end }}
{{- with .Values.review.probes }}
{{- if .existingSecret }}
probe.file={{ include "weir.paths.probes" $ }}/probes.jsonl
{{- end }}
{{- if not (kindIs "invalid" .share) }}
probe.share={{ .share }}
{{- end }}
{{- end }}
chance.key.file={{ include "weir.paths.chance" . }}/chance.key
http.host=0.0.0.0
http.port={{ int64 .Values.http.port }}
state.dir={{ include "weir.paths.state" . }}
threads={{ int64 .Values.threads }}
commit.interval.ms={{ int64 .Values.commitIntervalMs }}
close.timeout.ms={{ int64 .Values.closeTimeoutMs }}
rocksdb.memory.bytes={{ mul 1048576 (include "weir.memory.rocksdbMi" . | int64) }}
{{- with .Values.liveTasksMax }}
live.tasks.max={{ int64 . }}
{{- end }}
{{- range $key, $value := .Values.config }}
{{ $key }}={{ include "weir.propertyValue" $value }}
{{- end }}
kafka.group.protocol={{ .Values.kafka.groupProtocol }}
{{- if .Values.kafka.staticMembership }}
kafka.group.instance.id=${env:POD_NAME}
{{- end }}
{{- if eq .Values.kafka.groupProtocol "classic" }}
kafka.num.standby.replicas={{ int64 .Values.kafka.standbyReplicas }}
{{- end }}
{{- range $key, $value := .Values.kafka.config }}
kafka.{{ $key }}={{ include "weir.propertyValue" $value }}
{{- end }}
{{- end -}}

{{/* Names with their keys, as one property lists them. */}}
{{- define "weir.signatories" -}}
{{- $listed := list }}
{{- range $name, $key := . }}
{{- $listed = append $listed (printf "%s=%s" $name $key) }}
{{- end }}
{{- join "," $listed -}}
{{- end -}}

{{/* Numbers from YAML are floats to a template; a backslash starts an escape in a properties file. */}}
{{- define "weir.propertyValue" -}}
{{- if kindIs "float64" . -}}
{{- int64 . -}}
{{- else -}}
{{- toString . | replace "\\" "\\\\" -}}
{{- end -}}
{{- end -}}

{{/* The data of the ConfigMap: what the checksum on the pods is taken of. */}}
{{- define "weir.configData" -}}
weir.properties: |
  {{- include "weir.properties" . | nindent 2 }}
{{- with .Values.policy.inline }}
{{ dict "policy.yaml" . | toYaml }}
{{- end }}
{{- end -}}
