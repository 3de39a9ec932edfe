-- A published assessment stays but for our words in another language, which may follow later, told by the ledger. Both
-- refuse in the words of the one rule for tables that are only added to.
DROP TRIGGER rule_append_only ON tracking_assessment;
DROP FUNCTION tracking_rule_assessment_stays();
CREATE TRIGGER rule_append_only BEFORE DELETE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_append_only_update BEFORE UPDATE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL AND to_jsonb(OLD) - 'i18n' IS DISTINCT FROM to_jsonb(NEW) - 'i18n')
    EXECUTE FUNCTION tracking_rule_append_only();
