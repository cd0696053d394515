-- rejected_row: one row a fault of a file or line, as the readers found it. Keys: none, a line may have several faults.
-- `value` is as written, or masked by the readers where it may be personal. Order: file, line, column.
INSERT INTO rejected_row
SELECT fault.load_id, load.file, fault.line, fault."column", fault.value, fault.reason, fault.effect, fault.sheet
FROM row_fault AS fault
JOIN load ON load.load_id = fault.load_id
ORDER BY load.file, fault.sheet NULLS FIRST, fault.line NULLS FIRST, fault."column" NULLS FIRST, fault.effect, fault.reason;
