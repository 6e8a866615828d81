{{/* Keys of kafka.config that the chart, or a key of the application, sets. */}}
{{- define "weir.checks.ownKeys" -}}
^(((main|restore|global)\.)?consumer\.)?group\.(instance\.id|protocol)$|^(bootstrap\.servers|application\.id|num\.standby\.replicas|num\.stream\.threads|commit\.interval\.ms|state\.dir)$
{{- end -}}

{{/*
What the schema cannot say, or cannot say clearly. All findings are told at once.
Called by the StatefulSet, which every rendering contains.
*/}}
{{- define "weir.checks" -}}
{{- $found := list -}}
{{- if not .Values.image.repository -}}
{{- $found = append $found "image.repository is empty: no image of Weir is published yet; build one and name it here (README.md, Image)" -}}
{{- end -}}
{{- if not .Values.kafka.bootstrapServers -}}
{{- $found = append $found "kafka.bootstrapServers is empty: name the brokers, as host:port,host:port" -}}
{{- end -}}
{{- if not .Values.chanceKey.existingSecret -}}
{{- $found = append $found "chanceKey.existingSecret is empty: the monitor does not start without its secret key; create a Secret and name it here (README.md, Chance key)" -}}
{{- end -}}
{{- if eq .Values.image.tag "latest" -}}
{{- $found = append $found "image.tag is latest, which names another image every day: name a release, or use image.digest" -}}
{{- end -}}
{{- if and .Values.policy.inline .Values.policy.existingConfigMap -}}
{{- $found = append $found "policy.inline and policy.existingConfigMap are both set: choose one" -}}
{{- end -}}
{{- range $key := keys .Values.kafka.config | sortAlpha -}}
{{- if regexMatch (include "weir.checks.ownKeys" $) $key -}}
{{- $found = append $found (printf "kafka.config holds %s, which the chart sets from a value of its own" $key) -}}
{{- end -}}
{{- end -}}
{{- range .Values.jvm.options -}}
{{- if regexMatch "^-Xm[sx]|RAMPercentage|HeapSize" . -}}
{{- $found = append $found (printf "jvm.options holds %s: the heap is set by jvm.heap, so that the memory of the pod can be summed up" .) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if has .name (list "POD_NAME" "JAVA_TOOL_OPTIONS") -}}
{{- $found = append $found (printf "extraEnv holds %s, which the chart sets itself (JVM options: jvm.options)" .name) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraVolumes -}}
{{- if has .name (list "config" "chance" "probes" "policy" "secrets" "state" "tmp") -}}
{{- $found = append $found (printf "extraVolumes holds %s, a name that the chart uses itself" .name) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.kafka.groupProtocol "streams" -}}
{{- if .Values.kafka.staticMembership -}}
{{- $found = append $found "kafka.staticMembership needs kafka.groupProtocol=classic: the streams protocol refuses group.instance.id" -}}
{{- end -}}
{{- if .Values.kafka.standbyReplicas -}}
{{- $found = append $found "kafka.standbyReplicas needs kafka.groupProtocol=classic: under the streams protocol standbys are a setting of the group on the broker" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.kafka.standbyReplicas .Values.replicas (ge (int64 .Values.kafka.standbyReplicas) (int64 .Values.replicas)) -}}
{{- $found = append $found (printf "kafka.standbyReplicas is %d, but there are only %d replicas: a standby needs a pod of its own" (int64 .Values.kafka.standbyReplicas) (int64 .Values.replicas)) -}}
{{- end -}}
{{- if lt (include "weir.memory.rocksdbMi" . | int64) 16 -}}
{{- $found = append $found (printf "rocksdb.memory is %s: the application takes 16Mi at least" .Values.rocksdb.memory) -}}
{{- end -}}
{{- if gt (include "weir.memory.neededMi" . | int64) (include "weir.memory.limitMi" . | int64) -}}
{{- $found = append $found (printf "memory does not add up: %s, but resources.limits.memory is %s Mi" (include "weir.memory.sum" .) (include "weir.memory.limitMi" .)) -}}
{{- end -}}
{{- if gt (include "weir.memory.requestMi" . | int64) (include "weir.memory.limitMi" . | int64) -}}
{{- $found = append $found (printf "resources.requests.memory is %s, more than resources.limits.memory, %s" .Values.resources.requests.memory .Values.resources.limits.memory) -}}
{{- end -}}
{{- if $found -}}
{{- fail (printf "\n- %s" (join "\n- " $found)) -}}
{{- end -}}
{{- end -}}
