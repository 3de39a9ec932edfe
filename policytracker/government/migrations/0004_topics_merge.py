"""A topic can be merged into another, and keeps its old addresses."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('government', '0003_periods_share_no_day'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='formeraddress',
            name='former_address_has_one_subject',
        ),
        migrations.AddField(
            model_name='formeraddress',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='government.topic'),
        ),
        migrations.AddField(
            model_name='topic',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='government.topic'),
        ),
        migrations.AddField(
            model_name='topicevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='government.topic'),
        ),
        migrations.AlterField(
            model_name='formeraddress',
            name='kind',
            field=models.CharField(choices=[('ministry', 'ministry'), ('official', 'official'), ('post', 'post'), ('initiative', 'initiative'), ('commitment', 'commitment'), ('topic', 'topic')], max_length=20, verbose_name='kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "government_topicevent" ("code", "i18n", "id", "label", "merged_into_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "slug") VALUES (NEW."code", NEW."i18n", NEW."id", NEW."label", NEW."merged_into_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme", NEW."slug"); RETURN NULL;', hash='b40178360ef25b1321de05224d62450e661bb49e', operation='INSERT', pgid='pgtrigger_insert_insert_1757f', table='government_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "government_topicevent" ("code", "i18n", "id", "label", "merged_into_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "slug") VALUES (NEW."code", NEW."i18n", NEW."id", NEW."label", NEW."merged_into_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme", NEW."slug"); RETURN NULL;', hash='bb048c88b2981b18a87b29b5aab39240e423f189', operation='UPDATE', pgid='pgtrigger_update_update_18751', table='government_topic', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='formeraddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', True), ('initiative__isnull', True), ('ministry__isnull', False), ('official__isnull', True), ('post__isnull', True), ('topic__isnull', True)), models.Q(('commitment__isnull', True), ('initiative__isnull', True), ('ministry__isnull', True), ('official__isnull', False), ('post__isnull', True), ('topic__isnull', True)), models.Q(('commitment__isnull', True), ('initiative__isnull', True), ('ministry__isnull', True), ('official__isnull', True), ('post__isnull', False), ('topic__isnull', True)), models.Q(('commitment__isnull', True), ('initiative__isnull', False), ('ministry__isnull', True), ('official__isnull', True), ('post__isnull', True), ('topic__isnull', True)), models.Q(('commitment__isnull', False), ('initiative__isnull', True), ('ministry__isnull', True), ('official__isnull', True), ('post__isnull', True), ('topic__isnull', True)), models.Q(('commitment__isnull', True), ('initiative__isnull', True), ('ministry__isnull', True), ('official__isnull', True), ('post__isnull', True), ('topic__isnull', False)), _connector='OR'), name='former_address_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='topic_is_not_merged_into_itself'),
        ),
    ]
