{{/* A quantity in Mi or Gi (the schema allows no other unit) as a number of MiB. */}}
{{- define "weir.mebibytes" -}}
{{- if hasSuffix "Gi" . -}}
{{- mul 1024 (trimSuffix "Gi" . | int64) -}}
{{- else -}}
{{- trimSuffix "Mi" . | int64 -}}
{{- end -}}
{{- end -}}

{{- define "weir.memory.heapMi" -}}
{{- include "weir.mebibytes" .Values.jvm.heap -}}
{{- end -}}

{{- define "weir.memory.rocksdbMi" -}}
{{- include "weir.mebibytes" .Values.rocksdb.memory -}}
{{- end -}}

{{- define "weir.memory.limitMi" -}}
{{- include "weir.mebibytes" .Values.resources.limits.memory -}}
{{- end -}}

{{- define "weir.memory.requestMi" -}}
{{- include "weir.mebibytes" (.Values.resources.requests.memory | default .Values.resources.limits.memory) -}}
{{- end -}}

{{/* A quarter on top: metaspace, code cache, thread stacks, buffers, what malloc does not give back. Rounded up. */}}
{{- define "weir.memory.overheadMi" -}}
{{- $sum := add (include "weir.memory.heapMi" . | int64) (include "weir.memory.rocksdbMi" . | int64) -}}
{{- div (add $sum 3) 4 -}}
{{- end -}}

{{- define "weir.memory.neededMi" -}}
{{- add (include "weir.memory.heapMi" . | int64) (include "weir.memory.rocksdbMi" . | int64) (include "weir.memory.overheadMi" . | int64) -}}
{{- end -}}

{{- define "weir.memory.sum" -}}
jvm.heap {{ include "weir.memory.heapMi" . }} Mi + rocksdb.memory {{ include "weir.memory.rocksdbMi" . }} Mi + 25 % {{ include "weir.memory.overheadMi" . }} Mi = {{ include "weir.memory.neededMi" . }} Mi
{{- end -}}
