package dev.sotto.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The documents of one assistant, searchable. Built once, then unchanged and safe for many threads;
 * the index (BM25 over English stems) is in memory only. At most 20,000 passages are kept.
 */
public final class Library {
  static final int MOST_PASSAGES = 20_000;
  private static final int LONGEST_QUESTION = 2_000;

  private final List<Passage> passages;
  private final IndexSearcher searcher;
  private final Relevance relevance;

  private Library(List<Passage> passages, IndexReader reader, Analyzer analyzer) {
    this.passages = passages;
    this.searcher = new IndexSearcher(reader);
    this.relevance = new Relevance(reader, analyzer);
  }

  /**
   * Cuts and indexes documents; takes some milliseconds for a handbook.
   *
   * @param documents file name to Markdown or plain text
   */
  public static Library of(Map<String, String> documents) {
    List<Passage> passages =
        documents.entrySet().stream()
            .flatMap(one -> Cutter.cut(one.getKey(), one.getValue()).stream())
            .limit(MOST_PASSAGES)
            .toList();
    Analyzer analyzer = new Words();
    try {
      return new Library(passages, index(passages, analyzer), analyzer);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }

  /**
   * The passages that bear on a question, the best first. A question that they cannot answer finds
   * none: at least a good part of what it asks for, weighed by rarity, must stand in a passage.
   *
   * @param question in a person's own words; its first 2,000 characters count
   * @param most how many at most
   */
  public List<Passage> find(String question, int most) {
    String asked = question.substring(0, Math.min(question.length(), LONGEST_QUESTION));
    Relevance.Question terms = relevance.read(asked);
    if (passages.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    try {
      List<Passage> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(terms.query(), most).scoreDocs) {
        if (relevance.bears(passages.get(hit.doc), terms)) {
          found.add(passages.get(hit.doc));
        }
      }
      return found;
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }

  /** Numbers documents as the passages are numbered: one writer, merging neighbours only. */
  private static IndexReader index(List<Passage> passages, Analyzer analyzer) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriterConfig inOrder =
        new IndexWriterConfig(analyzer)
            .setMergePolicy(new LogDocMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler());
    try (IndexWriter writer = new IndexWriter(directory, inOrder)) {
      for (Passage passage : passages) {
        Document document = new Document();
        document.add(new TextField(Relevance.HEADING, passage.heading(), Field.Store.NO));
        document.add(new TextField(Relevance.TEXT, passage.text(), Field.Store.NO));
        writer.addDocument(document);
      }
    }
    return DirectoryReader.open(directory);
  }
}
